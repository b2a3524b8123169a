import LinearAlgebra
import NeuralNetworks
import Optimisers
import RandomStreams
import TestSupport
import Testing

@testable import Training

@Suite struct ResidualTrainingTests {
  static let shape = ResidualShape(
    image: ActivationShape(channels: 3, height: 8, width: 8), stemChannels: 16, blocks: [1, 1])
  static let set: TrainingSet = {
    var stream = RandomStream(RandomKey(seed: 1))
    let inputs = Matrix<Float>(
      rows: 20, columns: 192, elements: (0..<20 * 192).map { _ in Float(stream.nextNormal()) })
    return TrainingSet(inputs: inputs, labels: (0..<20).map { UInt8($0 % 2) }, scoredCount: 12)
  }()

  static func training(
    _ rule: OptimiserRule = .sgd(learningRate: 0.05), on engine: any EngineFactory,
    augmentation: Augmentation? = nil, resuming state: TrainingState<ResidualNetwork>? = nil
  ) throws -> ResidualTraining {
    let workspace = try ResidualWorkspace(shape, on: engine, capacity: 8)
    return ResidualTraining(
      ResidualNetwork(initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: 2)),
      on: workspace.engine.hold(set.inputs, labels: set.labels), scoredCount: set.scoredCount,
      optimiser: rule,
      batchSize: 8, batchOrder: .shuffled, augmentation: augmentation, workspace: workspace,
      key: RandomKey(seed: 3), resuming: state)
  }

  @Test(
    "a training that resumes from a state takes the course, to the bit, that it would have taken",
    arguments: engines,
    [
      (OptimiserRule.sgd(learningRate: 0.05), Augmentation?.none),
      (.momentum(learningRate: 0.01, momentum: 0.9), nil),
      (
        .adam(learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
        Augmentation(cropPadding: 1, flips: true)
      ),
    ])
  func resumption(engine: any EngineFactory, case: (OptimiserRule, Augmentation?)) throws {
    let (rule, augmentation) = `case`
    let whole = try Self.training(rule, on: engine, augmentation: augmentation)
    for _ in 0..<5 { whole.advance() }
    let first = try Self.training(rule, on: engine, augmentation: augmentation)
    for _ in 0..<2 { first.advance() }
    let state = first.state
    // What comes after the state was taken is none of it.
    first.advance()
    let second = try Self.training(rule, on: engine, augmentation: augmentation, resuming: state)
    #expect(second.state == state)
    for _ in 0..<3 { second.advance() }
    #expect(second.state == whole.state)
    #expect(whole.state.optimiser.first.isEmpty == (rule == .sgd(learningRate: 0.05)))
  }

  @Test(
    "it comes to zero error on S, as its logits say, the same way twice",
    arguments: engines,
    [
      OptimiserRule.sgd(learningRate: 0.05),
      .adam(learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
    ])
  func zeroError(engine: any EngineFactory, rule: OptimiserRule) throws {
    let training = try Self.training(rule, on: engine)
    #expect(try training.runToZeroError(maximumEpochs: 300) == .converged)
    let again = try Self.training(rule, on: engine)
    _ = try again.runToZeroError(maximumEpochs: 300)
    #expect(again.network == training.network)
    let workspace = try ResidualWorkspace(Self.shape, on: engine, capacity: 5)
    workspace.network = training.network
    let images = workspace.engine.hold(Self.set.inputs, labels: Self.set.labels)
    let logits = workspace.engine.logits(of: images, 0..<12)
    #expect(zip(logits, Self.set.labels).allSatisfy { ($0 >= 0) == ($1 == 1) })
  }

  @Test("the engine trains in the precision that the training is asked for, at its beginning and resumed")
  func precision() throws {
    let engine = try RecordingEngine(for: Self.shape.program, capacity: 8)
    let workspace = ResidualWorkspace(shape: Self.shape, engine: engine)
    func training(
      _ precision: TrainingPrecision?, resuming state: TrainingState<ResidualNetwork>? = nil
    ) -> ResidualTraining {
      let network = ResidualNetwork(
        initialising: Self.shape, biasStandardDeviation: 1, key: RandomKey(seed: 2))
      let images = engine.hold(Self.set.inputs, labels: Self.set.labels)
      guard let precision else {
        return ResidualTraining(
          network, on: images, scoredCount: 12, optimiser: .sgd(learningRate: 0.05), batchSize: 8,
          batchOrder: .shuffled, workspace: workspace, key: RandomKey(seed: 3), resuming: state)
      }
      return ResidualTraining(
        network, on: images, scoredCount: 12, optimiser: .sgd(learningRate: 0.05), precision: precision,
        batchSize: 8, batchOrder: .shuffled, workspace: workspace, key: RandomKey(seed: 3), resuming: state)
    }
    let begun = training(.tf32)
    begun.advance()
    _ = training(.bfloat16, resuming: begun.state)
    _ = training(nil)
    #expect(engine.precisions == [.tf32, .bfloat16, .float32])
  }

  @Test("when asked to stop it stops between steps")
  func cancelled() throws {
    let training = try Self.training(on: engines[0])
    var asked = 0
    #expect(throws: TrainingError.self) {
      try training.runToZeroError(maximumEpochs: 300) {
        asked += 1
        return asked > 2
      }
    }
    #expect(training.epoch <= 1)
  }

  @Test("crops and flips take every offset and both sides, and each image draws its own")
  func augmentation() {
    var stream = RandomStream(RandomKey(seed: 8))
    let moves = Augmentation(cropPadding: 1, flips: true).nextMoves(400, stream: &stream)
    #expect(moves.allSatisfy { abs($0.down) <= 1 && abs($0.right) <= 1 })
    #expect(Set(moves.map { [$0.down, $0.right, $0.mirrored ? 1 : 0] }).count == 18)
    #expect(
      Augmentation(cropPadding: 0, flips: false).nextMoves(1, stream: &stream)
        == [ImageMove(down: 0, right: 0, mirrored: false)])

    // Passing over images and drawing them leaves the stream at the same place.
    var (drawn, skipped) = (RandomStream(RandomKey(seed: 9)), RandomStream(RandomKey(seed: 9)))
    let augmentation = Augmentation(cropPadding: 2, flips: true)
    _ = augmentation.nextMoves(7, stream: &drawn)
    augmentation.skip(images: 7, stream: &skipped)
    #expect(augmentation.nextMoves(3, stream: &drawn) == augmentation.nextMoves(3, stream: &skipped))
  }
}
