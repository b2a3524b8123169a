/// An interval that covers the true value with probability `level`.
package struct ConfidenceInterval: Sendable, Equatable, Codable {
  /// The lower end.
  package let lower: Double
  /// The upper end.
  package let upper: Double
  /// The nominal coverage, such as 0.95.
  package let level: Double

  /// An interval from its ends.
  package init(lower: Double, upper: Double, level: Double) {
    precondition(lower <= upper, "expected ends in order, got \(lower) and \(upper)")
    self.lower = lower
    self.upper = upper
    self.level = level
  }

  /// Whether `value` lies in the interval, its ends included.
  package func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
