/// When a training ends.
public struct StopSpec: Codable, Hashable, Sendable {
  /// What ends a training.
  public enum Condition: String, Codable, Hashable, Sendable, CaseIterable {
    /// The first epoch at whose end the accuracy on S alone is 100 %.
    case zeroErrorOnTrain = "zero-error-on-train"
  }
  /// What ends the training.
  public var at: Condition
  /// The most epochs; a training that reaches this is kept and shown as not converged.
  public var epochs: Int

  /// A stopping rule with its cap.
  public init(at: Condition, epochs: Int) {
    self.at = at
    self.epochs = epochs
  }
}
