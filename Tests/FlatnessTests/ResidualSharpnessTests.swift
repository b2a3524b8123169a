import LinearAlgebra
import NeuralNetworks
import RandomStreams
import TestSupport
import Testing

@testable import Flatness

@Suite struct ResidualSharpnessTests {
  static let shape = ResidualShape(
    image: ActivationShape(channels: 3, height: 8, width: 8), stemChannels: 16, blocks: [1])
  static let network = ResidualNetwork(
    initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: 2))
  static let inputs: Matrix<Float> = {
    var stream = RandomStream(RandomKey(seed: 1))
    return Matrix(rows: 6, columns: 192, elements: (0..<6 * 192).map { _ in Float(stream.nextNormal()) })
  }()
  static let labels: [UInt8] = [0, 1, 1, 0, 1, 0]

  /// The sharpness in a workspace of its own, with S held there.
  private static func sharpness(
    _ ascent: SharpnessAscent, on engine: any EngineFactory, keepsTrace: Bool = true,
    resuming state: SharpnessAscentState? = nil, isCancelled: () -> Bool = { false },
    afterStep: (Double, () -> SharpnessAscentState) -> Void = { _, _ in }
  ) throws -> SharpnessEstimate {
    let workspace = try ResidualWorkspace(shape, on: engine, capacity: 6)
    return try ascent.sharpness(
      of: network, images: workspace.engine.hold(inputs, labels: labels.map(Float.init)), count: 6,
      workspace: workspace, key: RandomKey(seed: 5), keepsTrace: keepsTrace, resuming: state,
      isCancelled: isCancelled, afterStep: afterStep)
  }

  @Test(
    "one step is the gradient in evaluation mode, clipped to the box over every parameter", arguments: engines
  )
  func oneStep(engine: any EngineFactory) throws {
    let (zeta, rate): (Float, Float) = (1e-3, 0.01)
    let estimate = try Self.sharpness(
      SharpnessAscent(box: Double(zeta), batchSize: 6, learningRate: Double(rate), epochs: 1), on: engine)
    let workspace = try ResidualWorkspace(Self.shape, on: engine, capacity: 6)
    let images = workspace.engine.hold(Self.inputs, labels: Self.labels.map(Float.init))
    func loss(_ network: ResidualNetwork) -> Double {
      workspace.network = network
      return workspace.engine.score(images, 0..<6).loss
    }
    let centre = loss(Self.network)
    let gradient = workspace.engine.gradient(
      on: ImageBatch(of: images, Array(0..<6)), mode: .evaluation
    ).gradient
    var moved = Self.network
    var clipped = 0
    for i in moved.parameters.indices {
      let w = moved.parameters[i]
      let half = zeta * (abs(w) + 1)
      if abs(rate * gradient[i]) > half { clipped += 1 }
      moved.parameters[i] = min(w + half, max(w - half, w + rate * gradient[i]))
    }
    // Both kinds occur.
    #expect(clipped > 0 && clipped < moved.parameters.count)
    let top = loss(moved)
    #expect(top > centre)
    // The order of a shuffled batch is in the last bits of the gradient.
    #expect(abs(estimate.loss - centre) <= 1e-6 * centre)
    #expect(abs(estimate.maximumLoss - top) <= 1e-5 * top)
  }

  @Test("the maximum never falls with more epochs, and when asked to stop it stops", arguments: engines)
  func growth(engine: any EngineFactory) throws {
    func maximum(_ epochs: Int) throws -> [Double] {
      try Self.sharpness(
        SharpnessAscent(box: 1e-3, batchSize: 2, learningRate: 1e-3, epochs: epochs), on: engine
      ).trace
    }
    let trace = try maximum(4)
    #expect(trace.count == 13)
    #expect(zip(trace, trace.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(Array(trace.prefix(7)) == (try maximum(2)))
    #expect(throws: FlatnessError.self) {
      try Self.sharpness(
        SharpnessAscent(box: 1e-3, batchSize: 2, learningRate: 1e-3, epochs: 2), on: engine,
        isCancelled: { true })
    }
  }

  @Test(
    "an ascent that resumes from any of its steps finds the same maximum by the same steps",
    arguments: engines)
  func resumption(engine: any EngineFactory) throws {
    func ascend(
      resuming state: SharpnessAscentState? = nil, stoppingAfter limit: Int = .max,
      keep: (SharpnessAscentState) -> Void = { _ in }
    ) throws -> SharpnessEstimate {
      var steps = 0
      return try Self.sharpness(
        SharpnessAscent(box: 1e-3, batchSize: 4, learningRate: 1e-3, epochs: 3), on: engine, resuming: state,
        isCancelled: { steps >= limit }
      ) { _, state in
        steps += 1
        keep(state())
      }
    }
    var states: [SharpnessAscentState] = []
    let whole = try ascend { states.append($0) }
    #expect(states.map(\.steps) == Array(1...6))
    for state in states {
      var last = state
      #expect(try ascend(resuming: state) { last = $0 } == whole)
      #expect(last == states[5])
    }
    var kept: SharpnessAscentState?
    #expect(throws: FlatnessError.self) { try ascend(stoppingAfter: 3) { kept = $0 } }
    #expect(kept == states[2])
  }
}
