import LinearAlgebra
import NeuralNetworks
import RandomStreams
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
    _ rule: OptimiserRule = .sgd(learningRate: 0.05), augmentation: Augmentation? = nil,
    resuming state: TrainingState<ResidualNetwork>? = nil
  ) throws -> ResidualTraining {
    ResidualTraining(
      ResidualNetwork(initialising: shape, biasStandardDeviation: 1, key: RandomKey(seed: 2)), on: set,
      optimiser: rule, batchSize: 8, batchOrder: .shuffled, augmentation: augmentation,
      workspace: ResidualWorkspace(
        shape: shape, engine: try OneDNNEngine(program: shape.program, capacity: 8, threads: 1)),
      key: RandomKey(seed: 3), resuming: state)
  }

  @Test(
    "a training that goes on from a state takes the course, to the bit, that it would have taken",
    arguments: [
      (OptimiserRule.sgd(learningRate: 0.05), Augmentation?.none),
      (.momentum(learningRate: 0.01, momentum: 0.9), nil),
      (
        .adam(learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
        Augmentation(cropPadding: 1, flips: true)
      ),
    ])
  func resumption(rule: OptimiserRule, augmentation: Augmentation?) throws {
    let whole = try Self.training(rule, augmentation: augmentation)
    for _ in 0..<5 { whole.advance() }
    let first = try Self.training(rule, augmentation: augmentation)
    for _ in 0..<2 { first.advance() }
    let state = first.state
    // What comes after the state was taken is none of it.
    first.advance()
    let second = try Self.training(rule, augmentation: augmentation, resuming: state)
    #expect(second.state == state)
    for _ in 0..<3 { second.advance() }
    #expect(second.state == whole.state)
    #expect(whole.state.optimiser.first.isEmpty == (rule == .sgd(learningRate: 0.05)))
  }

  @Test(
    "it comes to zero error on S, as its logits say, the same way twice",
    arguments: [
      OptimiserRule.sgd(learningRate: 0.05),
      .adam(learningRate: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8),
    ])
  func zeroError(rule: OptimiserRule) throws {
    let training = try Self.training(rule)
    #expect(try training.runToZeroError(maximumEpochs: 300) == .converged)
    let again = try Self.training(rule)
    _ = try again.runToZeroError(maximumEpochs: 300)
    #expect(again.network == training.network)
    let workspace = ResidualWorkspace(
      shape: Self.shape, engine: try OneDNNEngine(program: Self.shape.program, capacity: 5, threads: 1))
    workspace.network = training.network
    let logits = workspace.logits(Self.set.inputs.elements, count: 12)
    #expect(zip(logits, Self.set.labels).allSatisfy { ($0 >= 0) == ($1 == 1) })
  }

  @Test("a step of SGD is the gradient times the rate, with the batch's statistics")
  func step() throws {
    let training = ResidualTraining(
      ResidualNetwork(initialising: Self.shape, biasStandardDeviation: 1, key: RandomKey(seed: 2)),
      on: Self.set, optimiser: .sgd(learningRate: 0.5), batchSize: 20, batchOrder: .fixed,
      workspace: ResidualWorkspace(
        shape: Self.shape, engine: try OneDNNEngine(program: Self.shape.program, capacity: 20, threads: 1)),
      key: RandomKey(seed: 3))
    let before = training.network
    training.advance()
    let workspace = ResidualWorkspace(
      shape: Self.shape, engine: try OneDNNEngine(program: Self.shape.program, capacity: 20, threads: 1))
    workspace.network = before
    workspace.takeGradient(
      images: Self.set.inputs.elements, labels: Self.set.labels, count: 20, mode: .training)
    let gradient = workspace.storedGradient()
    let after = training.network
    for i in gradient.indices { #expect(after.parameters[i] == before.parameters[i] - 0.5 * gradient[i]) }
    #expect(after.statistics == workspace.network.statistics)
  }

  @Test("when asked to stop it stops between steps")
  func cancelled() throws {
    let training = try Self.training()
    var asked = 0
    #expect(throws: TrainingError.self) {
      try training.runToZeroError(maximumEpochs: 300) {
        asked += 1
        return asked > 2
      }
    }
    #expect(training.epoch <= 1)
  }

  @Test("a crop and flip is the padded image moved, and mirrored or not; every offset and both sides occur")
  func augmentation() throws {
    let shape = ActivationShape(channels: 2, height: 5, width: 5)
    let image = (0..<50).map { Float($0 + 1) }
    var stream = RandomStream(RandomKey(seed: 8))
    var seen: Set<[Int]> = []
    var output = [Float](repeating: .nan, count: 50)
    for _ in 0..<400 {
      Augmentation(cropPadding: 1, flips: true).apply(
        to: image, count: 1, shape: shape, into: &output, stream: &stream)
      let matches = [-1, 0, 1].flatMap { down in
        [-1, 0, 1].flatMap { right in [0, 1].map { [down, right, $0] } }
      }.filter { move in
        (0..<50).allSatisfy { i in
          let (c, y, x) = (i / 25, i / 5 % 5, i % 5)
          let column = (move[2] == 1 ? 4 - x : x) + move[1]
          let row = y + move[0]
          let inside = (0..<5).contains(row) && (0..<5).contains(column)
          return output[i] == (inside ? image[c * 25 + row * 5 + column] : 0)
        }
      }
      #expect(matches.count == 1)
      seen.formUnion(matches)
    }
    #expect(seen.count == 18)
    Augmentation(cropPadding: 0, flips: false).apply(
      to: image, count: 1, shape: shape, into: &output, stream: &stream)
    #expect(output == image)
  }
}
