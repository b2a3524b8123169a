import LinearAlgebra
import NeuralNetworks
import RandomStreams
import Testing

@testable import Flatness

@Suite struct CornerSharpnessTests {
  /// A network with 13 parameters and ten examples.
  struct Small {
    let network: FullyConnectedNetwork
    let inputs: Matrix<Float>
    let labels: [UInt8]
    let workspace: DoublePrecisionWorkspace

    init(seed: UInt64, scale: Float = 1) {
      var stream = RandomStream(RandomKey(seed: seed))
      inputs = Matrix(rows: 10, columns: 2, elements: (0..<20).map { _ in Float(stream.nextNormal()) })
      labels = (0..<10).map { _ in UInt8(stream.nextInteger(below: 2)) }
      var network = FullyConnectedNetwork(
        initialising: FullyConnectedShape(inputs: 2, hidden: [3]), biasStandardDeviation: 1,
        key: RandomKey(seed: seed))
      for i in network.parameters.indices { network.parameters[i] *= scale }
      self.network = network
      workspace = DoublePrecisionWorkspace(shape: network.shape, inputs: inputs, labels: labels)
    }

    func loss(_ parameters: [Double]) -> Double {
      var gradient = parameters
      return workspace.lossAndGradient(parameters: parameters, gradient: &gradient)
    }

    /// The largest loss over all 2¹³ corners.
    func cornerMaximum(zeta: Double) -> Double {
      let centre = network.parameters.map(Double.init)
      return (0..<1 << centre.count).map { corner in
        loss(centre.enumerated().map { $1 + (corner >> $0 & 1 == 1 ? 1 : -1) * zeta * (abs($1) + 1) })
      }.max() ?? .nan
    }
  }

  @Test(
    "on a small network it finds the best of all corners, or better inside the box",
    arguments: [1 as UInt64, 2, 3, 4], [1e-8, 1e-4, 1e-2, 0.3])
  func bruteForce(seed: UInt64, zeta: Double) throws {
    let problem = Small(seed: seed)
    let estimate = try CornerSharpness(box: zeta).sharpness(
      of: problem.network, inputs: problem.inputs, labels: problem.labels, key: RandomKey(seed: 1))
    // The rounding of losses of order 1, summed in another order.
    #expect(estimate.maximumLoss >= problem.cornerMaximum(zeta: zeta) - 1e-14)
    #expect(abs(estimate.loss - problem.loss(problem.network.parameters.map(Double.init))) < 1e-14)
  }

  @Test(
    "where the loss is nearly flat, the other searches stay behind, and it does not",
    arguments: [5 as UInt64, 6])
  func flat(seed: UInt64) throws {
    // Weights so large that most logits are far out.
    let problem = Small(seed: seed, scale: 12)
    let (zeta, key) = (1e-2, RandomKey(seed: 1))
    let corners = try CornerSharpness(box: zeta).sharpness(
      of: problem.network, inputs: problem.inputs, labels: problem.labels, key: key)
    let quasiNewton = try QuasiNewtonSharpness(box: zeta).sharpness(
      of: problem.network, inputs: problem.inputs, labels: problem.labels)
    #expect(corners.maximumLoss >= quasiNewton.maximumLoss)
    #expect(corners.maximumLoss >= problem.cornerMaximum(zeta: zeta) * (1 - 1e-14))
  }

  @Test("in a small box all three searches find the sharpness to first order", arguments: [1e-8, 1e-6, 1e-5])
  func firstOrder(zeta: Double) throws {
    let problem = Small(seed: 7)
    let centre = problem.network.parameters.map(Double.init)
    var gradient = centre
    let loss = problem.workspace.lossAndGradient(parameters: centre, gradient: &gradient)
    let expected =
      zip(centre, gradient).reduce(0) { $0 + abs($1.1) * zeta * (abs($1.0) + 1) } * 100 / (1 + loss)
    let ascent = try SharpnessAscent(box: zeta, batchSize: 10, learningRate: 1, epochs: 20).sharpness(
      of: problem.network, inputs: problem.inputs, labels: problem.labels, key: RandomKey(seed: 2))
    let quasiNewton = try QuasiNewtonSharpness(box: zeta).sharpness(
      of: problem.network, inputs: problem.inputs, labels: problem.labels)
    let corners = try CornerSharpness(box: zeta).sharpness(
      of: problem.network, inputs: problem.inputs, labels: problem.labels, key: RandomKey(seed: 2))
    // The second order is ζ times a few curvatures; Float64 losses differ by 1e-8 with a rounding of 1e-16. At
    // 1e-5 the ascent is in Float32, whose losses of order 1 differ by 1e-5 with a rounding of 1e-7.
    #expect(abs(ascent.sharpness / expected - 1) < (zeta < 1e-5 ? 1e-4 : 2e-2))
    #expect(abs(quasiNewton.sharpness / expected - 1) < 1e-4)
    #expect(abs(corners.sharpness / expected - 1) < 1e-4)
  }

  @Test(
    "networks that pass together have the losses and gradients of one alone", arguments: [[], [4], [4, 3]])
  func together(hidden: [Int]) {
    var stream = RandomStream(RandomKey(seed: 11))
    let inputs = Matrix<Float>(
      rows: 9, columns: 5, elements: (0..<45).map { _ in Float(stream.nextNormal()) })
    let labels = (0..<9).map { UInt8($0 & 1) }
    let shape = FullyConnectedShape(inputs: 5, hidden: hidden)
    let size = shape.parameterCount
    let parameters = (0..<3 * size).map { _ in stream.nextNormal() }
    let together = DoublePrecisionWorkspace(shape: shape, inputs: inputs, labels: labels, networks: 4)
    let alone = DoublePrecisionWorkspace(shape: shape, inputs: inputs, labels: labels)
    var gradients = parameters
    let losses = together.lossesAndGradients(ofNetworks: 3, parameters: parameters, gradients: &gradients)
    for network in 0..<3 {
      let range = network * size..<(network + 1) * size
      var gradient = [Double](repeating: 0, count: size)
      let loss = alone.lossAndGradient(parameters: Array(parameters[range]), gradient: &gradient)
      // Sums of a few terms of order 1 in another order.
      #expect(abs(losses[network] - loss) < 1e-13)
      #expect(zip(gradients[range], gradient).allSatisfy { abs($0 - $1) < 1e-13 })
    }
  }

  @Test("a network whose loss is NaN is refused, and a search stops when asked")
  func refused() {
    let problem = Small(seed: 8)
    var broken = problem.network
    broken.parameters[3] = .nan
    #expect(throws: FlatnessError.lossNotFinite(step: 0)) {
      try CornerSharpness(box: 1e-4).sharpness(
        of: broken, inputs: problem.inputs, labels: problem.labels, key: RandomKey(seed: 1))
    }
    #expect {
      try CornerSharpness(box: 1e-4).sharpness(
        of: problem.network, inputs: problem.inputs, labels: problem.labels, key: RandomKey(seed: 1),
        isCancelled: { true })
    } throws: { ($0 as? FlatnessError)?.isCancellation == true }
  }
}
