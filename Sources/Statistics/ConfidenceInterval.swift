/// An interval that covers the true value with probability `level`.
public struct ConfidenceInterval: Sendable, Equatable, Codable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double
  /// The nominal coverage, such as 0.95.
  public let level: Double

  /// An interval from its ends.
  public init(lower: Double, upper: Double, level: Double) {
    precondition(lower <= upper, "expected ends in order, got \(lower) and \(upper)")
    self.lower = lower
    self.upper = upper
    self.level = level
  }

  /// Whether `value` lies in the interval, its ends included.
  public func contains(_ value: Double) -> Bool { lower <= value && value <= upper }
}
