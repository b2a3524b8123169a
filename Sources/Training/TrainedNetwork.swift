import NeuralNetworks

/// A network at the end of its training.
public struct TrainedNetwork: Sendable {
  /// How the training ended.
  public enum Status: Sendable, Equatable {
    /// 100 % accuracy on S.
    case converged
    /// The cap of epochs came first.
    case notConverged
    /// The loss on S became NaN or infinite.
    case diverged
  }
  /// The network as the last epoch left it.
  public let network: FullyConnectedNetwork
  /// How the training ended.
  public let status: Status
  /// The epochs run; the stopping rule was met at the end of the last one.
  public let epochs: Int
  /// Mean cross-entropy on S, in nats.
  public let lossOnTrain: Double
  /// Accuracy on S, in 0…1.
  public let trainAccuracy: Double
}
