package import NeuralNetworks
package import Optimisers
package import RandomStreams

/// The training of a residual network.
package typealias ResidualTraining = TrainingSession<ResidualLearner>

/// A residual network in training, in the memory of an engine.
///
/// Batch norm is in training mode for the steps and in evaluation mode for the accuracy and the loss on S,
/// which are taken on plain images.
package final class ResidualLearner: NetworkLearner {
  package static var stepsAreLong: Bool { true }

  package let scoredCount: Int
  private let images: ResidentImages
  private let workspace: ResidualWorkspace
  private let augmentation: Augmentation?
  private var stream: RandomStream

  init(
    _ network: ResidualNetwork, on images: ResidentImages, scoredCount: Int, optimiser rule: OptimiserRule,
    precision: TrainingPrecision, augmentation: Augmentation?, workspace: ResidualWorkspace, key: RandomKey,
    resuming memory: OptimiserMemory?, epochs: Int
  ) {
    self.images = images
    self.scoredCount = scoredCount
    self.workspace = workspace
    self.augmentation = augmentation
    stream = RandomStream(key.split("augmentation"))
    augmentation?.skip(images: epochs * images.count, stream: &stream)
    workspace.network = network
    workspace.engine.beginTraining(by: rule, precision: precision, resuming: memory)
  }

  package var network: ResidualNetwork { workspace.network }
  package var optimiserMemory: OptimiserMemory { workspace.engine.optimiserMemory }

  package func takeSteps(_ epoch: (_ step: (UnsafeBufferPointer<Int>) -> Void) -> Void) {
    epoch { examples in
      let moves = augmentation?.nextMoves(examples.count, stream: &stream) ?? []
      workspace.engine.train(on: ImageBatch(of: images, Array(examples), moves: moves))
    }
  }

  package func score() -> (loss: Double, correct: Int) { workspace.engine.score(images, 0..<scoredCount) }
}

extension TrainingSession<ResidualLearner> {
  /// The training of `network` at its beginning, in a workspace; the network that was there before is gone.
  ///
  /// - Parameters:
  ///   - images: S, then A, which the workspace's engine holds.
  ///   - scoredCount: |S|.
  ///   - rule: any but Entropy-SGD, which takes its gradients elsewhere than at the weights.
  ///   - precision: of the steps alone; one that the workspace's engine trains in.
  ///   - batchSize: at most the workspace's capacity.
  ///   - key: the stream of the minibatches' permutations; the augmentation has one of its own.
  ///   - state: of the same training, to resume from.
  package convenience init(
    _ network: ResidualNetwork, on images: ResidentImages, scoredCount: Int, optimiser rule: OptimiserRule,
    precision: TrainingPrecision = .float32, batchSize: Int, batchOrder: Minibatches.Order,
    augmentation: Augmentation? = nil, workspace: ResidualWorkspace, key: RandomKey,
    resuming state: TrainingState<ResidualNetwork>? = nil
  ) {
    precondition(
      (1...max(images.count, 1)).contains(scoredCount),
      "expected between 1 and \(images.count) scored images, got \(scoredCount)")
    let batches = Minibatches(count: images.count, batchSize: batchSize, order: batchOrder, key: key)
    precondition(
      batches.batchSize <= workspace.engine.capacity,
      "expected batches of up to \(workspace.engine.capacity), got \(batches.batchSize)")
    let learner = ResidualLearner(
      state?.network ?? network, on: images, scoredCount: scoredCount, optimiser: rule,
      precision: precision, augmentation: augmentation, workspace: workspace, key: key,
      resuming: state?.optimiser, epochs: state?.epoch ?? 0)
    self.init(learner, batches: batches, resuming: state)
  }
}
