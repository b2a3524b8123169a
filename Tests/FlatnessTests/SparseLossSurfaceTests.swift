import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Testing

@testable import Flatness

@Suite("Sparse loss surface")
struct SparseLossSurfaceTests {
  private let network: FullyConnectedNetwork
  private let inputs: Matrix<Float>
  private let labels: [UInt8]

  init() {
    var stream = RandomStream(RandomKey(seed: 21))
    inputs = Matrix(
      rows: 60, columns: 90,
      elements: (0..<5400).map { _ in stream.nextUniform() < 0.25 ? Float(stream.nextUniform()) : 0 })
    labels = (0..<60).map { _ in UInt8(stream.nextInteger(below: 2)) }
    network = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: 90, hidden: [13, 6]), biasStandardDeviation: 0.1,
      key: RandomKey(seed: 22))
  }

  /// The ascent in dense products throughout, without the search's class or its choices.
  private func denseMaximum(_ ascent: SharpnessAscent, key: RandomKey) -> (centre: Double, maximum: Double) {
    let y = labels.map(Float.init)
    var w = network.parameters
    let zeta = Float(ascent.box)
    let low = w.map { $0 - zeta * (abs($0) + 1) }
    let high = w.map { $0 + zeta * (abs($0) + 1) }
    let workspace = FullyConnectedWorkspace(shape: network.shape, capacity: 60)
    let batches = Minibatches(count: 60, batchSize: ascent.batchSize, order: .shuffled, key: key)
    let batch = MinibatchBuffer(inputs: inputs, labels: y, capacity: ascent.batchSize)
    func loss() -> Double {
      workspace.loss(parameters: w, inputs: inputs.elements, labels: y, count: 60)
    }
    let centre = loss()
    var maximum = centre
    for _ in 0..<ascent.epochs {
      batches.forEachInNextEpoch { examples in
        var gradient = w
        batch.gather(examples) { x, y, count in
          workspace.accumulateGradient(
            parameters: w, inputs: x, labels: y, count: count, scale: 1, keep: 0, into: &gradient)
        }
        for i in w.indices {
          w[i] = min(max(w[i] + Float(ascent.learningRate) * gradient[i], low[i]), high[i])
        }
        maximum = max(maximum, loss())
      }
    }
    return (centre, maximum)
  }

  @Test("the ascent on sparse inputs is that on dense ones", arguments: [1e-4, 1e-2])
  func ascent(box: Double) throws {
    let ascent = SharpnessAscent(box: box, batchSize: 16, learningRate: 0.05, epochs: 30)
    let found = try ascent.sharpness(
      of: network, inputs: inputs, labels: labels, key: RandomKey(seed: 23))
    let expected = denseMaximum(ascent, key: RandomKey(seed: 23))
    // Losses to some roundings of Float32; their difference, here 1e-3 of them and more, to a thousandfold.
    #expect(abs(found.loss / expected.centre - 1) < 1e-6)
    #expect(abs(found.maximumLoss / expected.maximum - 1) < 1e-6)
    let sharpness = 100 * (expected.maximum - expected.centre) / (1 + expected.centre)
    #expect(abs(found.sharpness / sharpness - 1) < 2e-4)
  }

  @Test("inputs that are mostly non-zero, and a network without a hidden layer, take the dense products")
  func choice() {
    func isSparse(_ network: FullyConnectedNetwork, _ inputs: Matrix<Float>) -> Bool {
      SharpnessAscent.surface(
        of: network, inputs: inputs, labels: labels.map(Float.init), batchSize: 16, key: RandomKey(seed: 1))
        is SparseLossSurface
    }
    let full = Matrix<Float>(rows: 60, columns: 90, repeating: 1)
    let logistic = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: 90, hidden: []), biasStandardDeviation: 0,
      key: RandomKey(seed: 1))
    #expect(isSparse(network, inputs))
    #expect(!isSparse(network, full))
    #expect(!isSparse(logistic, inputs))
  }

  @Test(
    "one weight that is NaN or infinite is refused on sparse inputs too", arguments: [0, 700, 1170, 1190],
    [Float.nan, -.infinity])
  func notFinite(index: Int, value: Float) {
    var broken = network
    broken.parameters[index] = value
    #expect(throws: FlatnessError.lossNotFinite(step: 0)) {
      try SharpnessAscent(box: 1e-4, batchSize: 16, learningRate: 0.1, epochs: 1).sharpness(
        of: broken, inputs: inputs, labels: labels, key: RandomKey(seed: 1))
    }
  }
}
