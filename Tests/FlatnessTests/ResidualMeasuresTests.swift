import LinearAlgebra
import NeuralNetworks
import RandomStreams
import TestSupport
import Testing

@testable import Flatness

/// Measures by losses, gradients and logits on residual networks: the implementations are those of fully connected
/// networks, the passes an engine's.
@Suite("Measures of flatness of residual networks")
struct ResidualMeasuresTests {
  /// The engine of plain loops.
  private static let plain = engines[1]
  /// The images of S; more are held behind them.
  private static let count = 6
  private static let shape = ResidualShape(
    image: ActivationShape(channels: 3, height: 8, width: 8), stemChannels: 16, blocks: [1])
  /// So small that a loss is known for a step along every single parameter.
  private static let tiny = ResidualShape(
    image: ActivationShape(channels: 3, height: 4, width: 4), stemChannels: 2, blocks: [1])

  private static func network(_ shape: ResidualShape) -> ResidualNetwork {
    var network = ResidualNetwork(initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: 2))
    // Statistics as a training leaves them.
    var stream = RandomStream(RandomKey(seed: 3))
    for i in network.statistics.indices { network.statistics[i] += Float(0.2 * stream.nextUniform()) }
    return network
  }

  private static func problem(
    _ shape: ResidualShape, _ network: ResidualNetwork, on engine: any EngineFactory, capacity: Int = 4,
    isCancelled: @escaping () -> Bool = { false }
  ) throws -> ResidualProblem {
    let workspace = try ResidualWorkspace(shape, on: engine, capacity: capacity)
    var stream = RandomStream(RandomKey(seed: 1))
    let inputs = Matrix<Float>(
      rows: 9, columns: shape.image.count,
      elements: (0..<9 * shape.image.count).map { _ in Float(stream.nextNormal()) })
    return try ResidualProblem(
      network, images: workspace.engine.hold(inputs, labels: [0, 1, 1, 0, 1, 0, 0, 1, 1]), count: Self.count,
      workspace: workspace, isCancelled: isCancelled)
  }

  /// The gradient of the loss at w by central differences. The loss is known to 10⁻⁷ of itself.
  private static func differences(_ problem: ResidualProblem) throws -> [Double] {
    let step = 4e-3
    return try problem.parameters.indices.map { i in
      func loss(_ move: Double) throws -> Double {
        var moved = problem.parameters.map(Double.init)
        moved[i] += move
        return try problem.loss(at: moved)
      }
      return (try loss(step) - loss(-step)) / (2 * step)
    }
  }

  @Test("passes over S in batches are those over all of it at once, at any parameters", arguments: engines)
  func passes(engine: any EngineFactory) throws {
    let network = Self.network(Self.shape)
    let problem = try Self.problem(Self.shape, network, on: engine)
    var moved = network
    for i in moved.parameters.indices { moved.parameters[i] *= i.isMultiple(of: 3) ? 1.05 : 0.97 }
    for other in [moved, network] {
      let atOther = other.parameters.map(Double.init)
      let again = try Self.problem(Self.shape, other, on: engine, capacity: 9)
      let expected = try again.loss(at: atOther)
      #expect(abs(try problem.loss(at: atOther) - expected) < 1e-6 * expected)
      let aligned = AlignedFloats(problem.ordered(other.parameters))
      #expect(abs(try problem.loss(atOrdered: aligned) - expected) < 1e-6 * expected)
      let logits = try again.logits()
      let right = zip(logits, problem.labels).count { ($0 >= 0) == ($1 == 1) }
      #expect(try problem.accuracy(atOrdered: aligned) == Double(right) / Double(Self.count))
      var (inBatches, atOnce) = (atOther, atOther)
      let loss = try problem.lossAndGradient(at: atOther, gradient: &inBatches)
      _ = try again.lossAndGradient(at: atOther, gradient: &atOnce)
      #expect(abs(loss - expected) < 1e-6 * expected)
      let largest = atOnce.map(abs).max() ?? 0
      #expect(largest > 0 && zip(inBatches, atOnce).allSatisfy { abs($0 - $1) < 1e-5 * largest })
    }
    // At w again, whatever the passes before.
    #expect(problem.labels == [0, 1, 1, 0, 1, 0])
    let logits = try Self.problem(Self.shape, network, on: engine).logits()
    #expect(logits.count == Self.count)
    #expect(try problem.logits() == logits)
  }

  @Test("a step along the gradient is that along finite differences")
  func gradientSteps() throws {
    let problem = try Self.problem(Self.tiny, Self.network(Self.tiny), on: Self.plain)
    let gradient = try Self.differences(problem)
    let centre = problem.parameters.map(Double.init)
    let loss = try problem.loss(at: centre)
    for (radius, offset) in [(0.05, nil), (0.5, 0.01)] as [(Double, Double?)] {
      let scales = centre.map { weight in offset.map { abs(weight) + $0 } ?? 1 }
      let norm = zip(scales, gradient).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }.squareRoot()
      let moved = centre.indices.map { centre[$0] + radius * scales[$0] * scales[$0] * gradient[$0] / norm }
      let expected = try problem.loss(at: moved) - loss
      let value = try GradientStepSharpness(radius: radius, offset: offset).measure(of: problem)
      // A gradient that is off by a thousandth is off the steepest direction by the square of that.
      #expect(expected > 0.01 && abs(value - expected) < 1e-3 * expected)
    }
  }

  @Test("the worst case is at least that of many corners, and at most the slope's where the box is small")
  func worst() throws {
    let problem = try Self.problem(Self.tiny, Self.network(Self.tiny), on: Self.plain)
    let centre = problem.parameters.map(Double.init)
    let loss = try problem.loss(at: centre)
    let radius = 0.01
    let value = try AdaptiveWorstSharpness(radius: radius, steps: 20, firstStep: 2, momentum: 0.75)
      .measure(of: problem)
    var stream = RandomStream(RandomKey(seed: 4))
    for _ in 0..<100 {
      let corner = centre.map { $0 + radius * abs($0) * (stream.nextUniform() < 0.5 ? -1 : 1) }
      #expect(try problem.loss(at: corner) - loss < value)
    }
    let slope = try zip(Self.differences(problem), centre).reduce(0) { $0 + radius * abs($1.0 * $1.1) }
    #expect(abs(value - slope) < 0.1 * slope)
  }

  @Test("the mean rise under noise agrees with noise of another stream, in proportion to each parameter")
  func average() throws {
    let problem = try Self.problem(Self.tiny, Self.network(Self.tiny), on: Self.plain)
    let centre = problem.parameters.map(Double.init)
    let loss = try problem.loss(at: centre)
    let estimate = try AdaptiveAverageSharpness(radius: 0.3, draws: 2000).measure(
      of: problem, key: RandomKey(seed: 5))
    var stream = RandomStream(RandomKey(seed: 6))
    let rises = try (0..<2000).map { _ in
      try problem.loss(at: centre.map { $0 + 0.3 * abs($0) * stream.nextNormal() }) - loss
    }
    let mean = rises.reduce(0, +) / 2000
    let error = (rises.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (1999 * 2000)).squareRoot()
    #expect(
      abs(estimate.value - mean) < 4
        * (error * error + estimate.standardError * estimate.standardError).squareRoot())
    #expect(abs(estimate.standardError / error - 1) < 0.2)
  }

  @Test("every engine gives the same measures up to rounding", arguments: engines)
  func alike(engine: any EngineFactory) throws {
    let network = Self.network(Self.shape)
    func values(_ engine: any EngineFactory) throws -> [Double] {
      let problem = try Self.problem(Self.shape, network, on: engine)
      let noise = NoiseFlatness(drop: 0.1, tolerance: 0.01, largestDeviation: 2, steps: 8, draws: 4)
      return [
        try GradientStepSharpness(radius: 0.05).measure(of: problem),
        try GradientStepSharpness(radius: 0.5, offset: 0.01).measure(of: problem),
        try AdaptiveWorstSharpness(radius: 0.01, steps: 5, firstStep: 2, momentum: 0.75).measure(of: problem),
        try AdaptiveAverageSharpness(radius: 0.1, draws: 4).measure(of: problem, key: RandomKey(seed: 5))
          .value,
        try noise.measure(of: problem, key: RandomKey(seed: 5)),
        try NetworkNorms.weightNorm(of: problem), try NetworkNorms.margin(of: problem, quantile: 0.1),
      ]
    }
    let expected = try values(Self.plain)
    #expect(zip(try values(engine), expected).allSatisfy { abs($0 - $1) < 1e-3 * abs($1) })
    #expect(expected[5] == network.parameterNorm * network.parameterNorm)
  }

  @Test("a parameter that is no number is an error, and cancelling ends a pass")
  func ends() throws {
    var broken = Self.network(Self.tiny)
    broken.parameters[3] = .nan
    #expect(throws: FlatnessError.lossNotFinite(step: 0)) {
      try Self.problem(Self.tiny, broken, on: Self.plain)
    }
    let cancelled = try Self.problem(
      Self.tiny, Self.network(Self.tiny), on: Self.plain, isCancelled: { true })
    #expect(throws: FlatnessError.searchCancelled(iteration: 0)) {
      try NetworkNorms.margin(of: cancelled, quantile: 0.1)
    }
    #expect(throws: FlatnessError.searchCancelled(iteration: 0)) {
      try GradientStepSharpness(radius: 0.1).measure(of: cancelled)
    }
  }
}
