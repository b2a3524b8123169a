package import Optimisers

/// What a training resumes from at the end of an epoch.
///
/// Together with the arguments that the training was begun with, it is complete: the permutations, the
/// augmentation and the noise are drawn again, or passed over, up to there. With the same arithmetic a
/// resumed training takes, to the bit, the course of one that was never stopped.
package struct TrainingState<Network: Sendable & Equatable>: Sendable, Equatable {
  /// Epochs run.
  package let epoch: Int
  /// Mean cross-entropy on S after them, in nats.
  package let lossOnTrain: Double
  /// The number of right answers on S after them.
  package let correctOnTrain: Int
  /// The network after them; a residual one with its running statistics.
  package let network: Network
  /// What the optimiser keeps from step to step.
  package let optimiser: OptimiserMemory

  /// A state as it was kept.
  package init(
    epoch: Int, lossOnTrain: Double, correctOnTrain: Int, network: Network, optimiser: OptimiserMemory
  ) {
    self.epoch = epoch
    self.lossOnTrain = lossOnTrain
    self.correctOnTrain = correctOnTrain
    self.network = network
    self.optimiser = optimiser
  }
}
