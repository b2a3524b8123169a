import Foundation
import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Testing

@testable import Flatness

@Suite struct SharpnessAscentTests {
  /// Logistic regression: the loss is convex in (w, b), so its maximum over a box sits in a corner.
  struct Logistic {
    let network: FullyConnectedNetwork
    let inputs: Matrix<Float>
    let labels: [UInt8]

    init(seed: UInt64) {
      var stream = RandomStream(RandomKey(seed: seed))
      inputs = Matrix(rows: 12, columns: 3, elements: (0..<36).map { _ in Float(stream.nextUniform()) })
      labels = (0..<12).map { _ in UInt8(stream.nextInteger(below: 2)) }
      network = FullyConnectedNetwork(
        initialising: FullyConnectedShape(inputs: 3, hidden: []), biasStandardDeviation: 1,
        key: RandomKey(seed: seed))
    }

    func loss(_ parameters: [Double]) -> Double {
      (0..<12).reduce(0.0) { sum, row in
        let z = (0..<3).reduce(parameters[3]) { $0 + parameters[$1] * Double(inputs[row, $1]) }
        return sum + log(1 + exp(z)) - Double(labels[row]) * z
      } / 12
    }

    /// The largest loss over the 2⁴ corners of the box.
    func cornerMaximum(zeta: Double) -> Double {
      let centre = network.parameters.map(Double.init)
      return (0..<16).map { corner in
        loss(
          centre.enumerated().map { index, w in
            w + (corner >> index & 1 == 1 ? 1 : -1) * zeta * (abs(w) + 1)
          })
      }.max() ?? .nan
    }
  }

  @Test(
    "on logistic regression the ascent finds the worst corner of the box", arguments: [1 as UInt64, 2, 3])
  func corners(seed: UInt64) throws {
    let problem = Logistic(seed: seed)
    let zeta = 1e-2
    // A rate so large that each step runs into the walls.
    let ascent = SharpnessAscent(box: zeta, batchSize: 12, learningRate: 5, epochs: 200)
    let estimate = try ascent.sharpness(
      of: problem.network, inputs: problem.inputs, labels: problem.labels, key: RandomKey(seed: 4))
    let centre = problem.loss(problem.network.parameters.map(Double.init))
    let expected = 100 * (problem.cornerMaximum(zeta: zeta) - centre) / (1 + centre)
    #expect(abs(estimate.loss - centre) < 1e-6)
    // Float32 losses of order 1 differ by about 1e-2 here: relative 1e-4 is their rounding.
    #expect(abs(estimate.sharpness / expected - 1) < 1e-4)
  }

  @Test("no search leaves the box, and the trace never falls")
  func staysInside() throws {
    let problem = Logistic(seed: 5)
    for zeta in [1e-4, 1e-3, 1e-1] {
      let ascent = SharpnessAscent(box: zeta, batchSize: 5, learningRate: 3, epochs: 20)
      let estimate = try ascent.sharpness(
        of: problem.network, inputs: problem.inputs, labels: problem.labels, key: RandomKey(seed: 6),
        keepsTrace: true)
      #expect(estimate.maximumLoss <= problem.cornerMaximum(zeta: zeta) + 1e-6)
      #expect(estimate.trace.count == 1 + 20 * 3)
      #expect(zip(estimate.trace, estimate.trace.dropFirst()).allSatisfy { $0 <= $1 })
      #expect(estimate.trace.last == estimate.maximumLoss)
    }
  }

  @Test("a hidden layer changes nothing: for a small box the maximum is the first-order one")
  func firstOrder() throws {
    var stream = RandomStream(RandomKey(seed: 7))
    let inputs = Matrix<Float>(
      rows: 20, columns: 6, elements: (0..<120).map { _ in Float(stream.nextUniform()) })
    let labels = (0..<20).map { _ in UInt8(stream.nextInteger(below: 2)) }
    let network = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: 6, hidden: [5]), biasStandardDeviation: 1,
      key: RandomKey(seed: 8))
    let zeta = 1e-3
    let estimate = try SharpnessAscent(box: zeta, batchSize: 20, learningRate: 10, epochs: 50).sharpness(
      of: network, inputs: inputs, labels: labels, key: RandomKey(seed: 9))
    // L(w + δ) = L(w) + Σ|gᵢ| ζ(|wᵢ| + 1) + O(ζ²): the gradient by central differences of the loss.
    let workspace = DoublePrecisionWorkspace(shape: network.shape, inputs: inputs, labels: labels)
    var gradient = network.parameters.map(Double.init)
    func loss(_ parameters: [Float]) -> Double {
      workspace.lossAndGradient(parameters: parameters.map(Double.init), gradient: &gradient)
    }
    var expected = 0.0
    for i in network.parameters.indices {
      var moved = network.parameters
      moved[i] += 0.01
      let above = loss(moved)
      moved[i] -= 0.02
      expected += abs((above - loss(moved)) / 0.02) * zeta * (abs(Double(network.parameters[i])) + 1)
    }
    // The second-order term is of relative size ζ times a few curvatures.
    #expect(abs((estimate.maximumLoss - estimate.loss) / expected - 1) < 0.03)
  }

  @Test("a network whose loss is NaN is refused")
  func notFinite() {
    let problem = Logistic(seed: 10)
    var broken = problem.network
    broken.parameters[3] = .nan
    #expect(throws: FlatnessError.lossNotFinite(step: 0)) {
      try SharpnessAscent(box: 1e-4, batchSize: 4, learningRate: 1, epochs: 1).sharpness(
        of: broken, inputs: problem.inputs, labels: problem.labels, key: RandomKey(seed: 1))
    }
  }
}
