/// What the training of a network goes on from at the end of an epoch.
///
/// Together with what the training was begun with, that is all: the permutations, the augmentation and the
/// noise are drawn again, or passed over, up to there. A training that goes on takes the course, to the bit,
/// that it would have taken, with the same arithmetic.
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
