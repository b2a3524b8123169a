/// An optimiser and its hyperparameters.
public struct OptimiserSpec: Codable, Hashable, Sendable {
  /// The family of optimisers.
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable { case sgd }
  /// Whether each epoch has a fresh permutation, or the batches of all epochs keep one order.
  public enum BatchOrder: String, Codable, Hashable, Sendable, CaseIterable { case shuffled, fixed }
  /// The family of optimisers.
  public var kind: Kind
  /// The step length.
  public var learningRate: Double
  /// Examples a step.
  public var batch: Int
  /// Whether batches are drawn anew each epoch.
  public var batchOrder: BatchOrder

  /// An optimiser from its hyperparameters.
  public init(kind: Kind, learningRate: Double, batch: Int, batchOrder: BatchOrder = .shuffled) {
    self.kind = kind
    self.learningRate = learningRate
    self.batch = batch
    self.batchOrder = batchOrder
  }
}
