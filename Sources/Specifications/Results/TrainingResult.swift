/// How a training ended, and the function it found.
package struct TrainingResult: Codable, Equatable, Sendable {
  /// Whether and how the training reached its goal.
  package enum Status: String, Codable, Sendable {
    /// 100 % on S within the cap.
    case converged
    /// The cap on the epochs was reached first.
    case notConverged
    /// The loss became NaN or infinite; nothing was measured.
    case failed
  }
  /// How the training ended.
  package var status: Status
  /// Epochs run.
  package var epochs: Int
  /// Mean cross-entropy on S at the end, in nats; nil when it is not finite.
  package var lossOnTrain: Double?
  /// The accuracy on S at the end, 0…1.
  package var trainAccuracy: Double
  /// The accuracy on A, by its flipped labels, at the end, 0…1; nil when A is empty.
  package var attackAccuracy: Double?
  /// The accuracy on E at the end, 0…1; nil when E is empty.
  package var testAccuracy: Double?
  /// f: the network's 0/1 outputs on S then E, bit i of the text being example i.
  package var function: String
  /// The Euclidean norm of all parameters at the end.
  package var parameterNorm: Double?

  /// The outcome of one training.
  package init(
    status: Status, epochs: Int, lossOnTrain: Double?, trainAccuracy: Double, attackAccuracy: Double?,
    testAccuracy: Double?, function: String, parameterNorm: Double?
  ) {
    self.status = status
    self.epochs = epochs
    self.lossOnTrain = lossOnTrain
    self.trainAccuracy = trainAccuracy
    self.attackAccuracy = attackAccuracy
    self.testAccuracy = testAccuracy
    self.function = function
    self.parameterNorm = parameterNorm
  }
}
