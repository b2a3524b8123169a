/// When a training ends.
package struct StopSpec: Codable, Hashable, Sendable {
  /// What ends a training.
  package enum Condition: String, Codable, Hashable, Sendable, CaseIterable {
    /// The first epoch at whose end the accuracy on S alone is 100 %.
    case zeroErrorOnTrain = "zero-error-on-train"
  }
  /// What ends the training.
  package var at: Condition
  /// The most epochs; a training that reaches this is kept and shown as not converged.
  package var epochs: Int

  /// A stopping rule with its cap.
  package init(at: Condition, epochs: Int) {
    self.at = at
    self.epochs = epochs
  }
}
