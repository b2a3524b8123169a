import LinearAlgebra
import NeuralNetworks
import RandomStreams

/// The training of a residual network, in a workspace's memory.
///
/// Batch norm is in training mode for the steps and in evaluation mode for the accuracy and the loss on S,
/// which are taken after each epoch on plain images. An epoch costs ⌈n/batch⌉ steps and one pass forward over
/// S. The network that the workspace held before is gone.
package final class ResidualTraining: EpochTraining {
  /// Epochs run.
  package private(set) var epoch = 0
  /// Mean cross-entropy on S, in nats.
  package private(set) var lossOnTrain = Double.infinity
  /// The number of right answers on S.
  package private(set) var correctOnTrain = 0
  /// |S|.
  package var scoredCount: Int { self.set.scoredCount }

  private let set: TrainingSet
  private let workspace: ResidualWorkspace
  private let batches: Minibatches
  private let optimiser: GradientStep
  private let augmentation: Augmentation?
  private let augmented: AlignedFloats
  private var stream: RandomStream

  /// The training of `network` on `set` at its beginning.
  ///
  /// - Parameters:
  ///   - rule: any but Entropy-SGD, which takes its gradients elsewhere than at the weights.
  ///   - batchSize: at most the workspace's capacity.
  ///   - key: the stream of the minibatches' permutations; the augmentation has one of its own.
  ///   - state: of the same training, to go on from.
  package init(
    _ network: ResidualNetwork, on set: TrainingSet, optimiser rule: OptimiserRule, batchSize: Int,
    batchOrder: Minibatches.Order, augmentation: Augmentation? = nil, workspace: ResidualWorkspace,
    key: RandomKey, resuming state: TrainingState<ResidualNetwork>? = nil
  ) {
    if case .entropySGD = rule { preconditionFailure("expected a rule with gradients at the weights") }
    self.set = set
    self.workspace = workspace
    self.augmentation = augmentation
    batches = Minibatches(
      inputs: set.inputs, labels: set.labels, batchSize: batchSize, order: batchOrder, key: key)
    precondition(
      batches.batchSize <= workspace.capacity,
      "expected batches of up to \(workspace.capacity), got \(batches.batchSize)")
    augmented = AlignedFloats(count: augmentation == nil ? 0 : batches.batchSize * set.inputs.columns)
    stream = RandomStream(key.split("augmentation"))
    optimiser = GradientStep(
      rule, parameterCount: workspace.parameters.count, key: key, takesGradients: false)
    if let state {
      resume(state)
    } else {
      workspace.network = network
      score()
    }
  }

  /// The network as it is now.
  package var network: ResidualNetwork { workspace.network }

  /// What to go on from, at the end of an epoch. Copies the network and the optimiser's arrays.
  package var state: TrainingState<ResidualNetwork> {
    var memory = optimiser.memory
    func stored(_ values: [Float]) -> [Float] {
      if values.isEmpty { return [] }
      let memory = AlignedFloats(values)
      return withExtendedLifetime(memory) { workspace.stored(memory.buffer) }
    }
    (memory.first, memory.second) = (stored(memory.first), stored(memory.second))
    return TrainingState(
      epoch: epoch, lossOnTrain: lossOnTrain, correctOnTrain: correctOnTrain, network: network,
      optimiser: memory)
  }

  private func resume(_ state: TrainingState<ResidualNetwork>) {
    (epoch, lossOnTrain, correctOnTrain) = (state.epoch, state.lossOnTrain, state.correctOnTrain)
    workspace.network = state.network
    batches.skip(batches: epoch * batches.batchCount)
    augmentation?.skip(images: epoch * set.inputs.rows, stream: &stream)
    func loaded(_ values: [Float]) -> [Float] {
      if values.isEmpty { return [] }
      let memory = AlignedFloats(count: workspace.parameters.count)
      return withExtendedLifetime(memory) {
        workspace.load(values, into: memory.buffer)
        return Array(memory.buffer)
      }
    }
    var memory = state.optimiser
    (memory.first, memory.second) = (loaded(memory.first), loaded(memory.second))
    optimiser.resume(memory)
  }

  /// Trains for one epoch, and leaves it before the step at which `isCancelled` says so.
  @discardableResult package func advance(isCancelled: () -> Bool) -> Bool {
    epoch += 1
    var isLeft = false
    batches.forEachInNextEpoch { x, y, count in
      isLeft = isLeft || isCancelled()
      if isLeft { return }
      var images = x
      if let augmentation {
        augmentation.apply(
          to: x, count: count, shape: workspace.shape.image, into: augmented.start, stream: &stream)
        images = UnsafePointer(augmented.start)
      }
      workspace.takeGradient(images: images, labels: y, count: count, mode: .training)
      optimiser.apply(workspace.gradient, to: workspace.parameters)
    }
    if isLeft { return false }
    score()
    return true
  }

  private func score() {
    let logits = set.inputs.elements.withUnsafeBufferPointer { x -> [Float] in
      guard let x = x.baseAddress else { return [] }
      return workspace.logits(x, count: set.scoredCount)
    }
    correctOnTrain = (0..<logits.count).count { (logits[$0] >= 0) == (set.labels[$0] == 1) }
    lossOnTrain = logits.withUnsafeBufferPointer { logits in
      set.labels.withUnsafeBufferPointer { y in
        y.baseAddress.map { SigmoidCrossEntropy.mean(logits: logits, labels: $0) } ?? .nan
      }
    }
  }
}
