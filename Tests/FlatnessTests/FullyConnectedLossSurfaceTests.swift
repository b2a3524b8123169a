import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Testing

@testable import Flatness

@Suite("Ascents over inputs that are mostly zero")
struct FullyConnectedLossSurfaceTests {
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

  /// The ascent with gradients and losses in Float64 throughout, without the search's class.
  private func plainMaximum(_ ascent: SharpnessAscent, key: RandomKey) -> (centre: Double, maximum: Double) {
    var w = network.parameters
    let zeta = Float(ascent.box)
    let low = w.map { $0 - zeta * (abs($0) + 1) }
    let high = w.map { $0 + zeta * (abs($0) + 1) }
    var gradient = w.map(Double.init)
    func loss(_ examples: [Int]) -> Double {
      DoublePrecisionWorkspace(
        shape: network.shape, inputs: inputs.rows(at: examples), labels: examples.map { labels[$0] }
      ).lossAndGradient(parameters: w.map(Double.init), gradient: &gradient)
    }
    let batches = Minibatches(count: 60, batchSize: ascent.batchSize, order: .shuffled, key: key)
    let centre = loss(Array(0..<60))
    var maximum = centre
    for _ in 0..<ascent.epochs {
      batches.forEachInNextEpoch { examples in
        _ = loss(Array(examples))
        for i in w.indices {
          w[i] = min(max(w[i] + Float(ascent.learningRate * gradient[i]), low[i]), high[i])
        }
        maximum = max(maximum, loss(Array(0..<60)))
      }
    }
    return (centre, maximum)
  }

  @Test("the ascent is that of gradients in Float64", arguments: [1e-4, 1e-2])
  func ascent(box: Double) throws {
    let ascent = SharpnessAscent(box: box, batchSize: 16, learningRate: 0.05, epochs: 30)
    let found = try ascent.sharpness(
      of: network, inputs: inputs, labels: labels, key: RandomKey(seed: 23))
    let expected = plainMaximum(ascent, key: RandomKey(seed: 23))
    // Losses to some roundings of Float32; their difference, here 1e-3 of them and more, to a thousandfold.
    #expect(abs(found.loss / expected.centre - 1) < 1e-6)
    #expect(abs(found.maximumLoss / expected.maximum - 1) < 1e-6)
    let sharpness = 100 * (expected.maximum - expected.centre) / (1 + expected.centre)
    #expect(abs(found.sharpness / sharpness - 1) < 2e-4)
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
