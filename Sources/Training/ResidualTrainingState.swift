import NeuralNetworks

/// What the training of a residual network goes on from at the end of an epoch.
///
/// Together with what the training was begun with, that is all: the permutations and the augmentation are
/// drawn again up to there. A training that goes on takes the course, to the bit, that it would have taken,
/// on an engine of the same kind with as many threads.
public struct ResidualTrainingState: Sendable, Equatable {
  /// Epochs run.
  public let epoch: Int
  /// Mean cross-entropy on S after them, in nats.
  public let lossOnTrain: Double
  /// The number of right answers on S after them.
  public let correctOnTrain: Int
  /// Parameters and running statistics.
  public let network: ResidualNetwork
  /// The optimiser's running means of g, ordered as the parameters; empty where its rule has none.
  public let firstMoments: [Float]
  /// The optimiser's running means or sums of g², likewise.
  public let secondMoments: [Float]

  /// A state as it was kept.
  public init(
    epoch: Int, lossOnTrain: Double, correctOnTrain: Int, network: ResidualNetwork, firstMoments: [Float],
    secondMoments: [Float]
  ) {
    self.epoch = epoch
    self.lossOnTrain = lossOnTrain
    self.correctOnTrain = correctOnTrain
    self.network = network
    self.firstMoments = firstMoments
    self.secondMoments = secondMoments
  }
}
