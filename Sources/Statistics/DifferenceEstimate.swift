/// The difference of two statistics of the same points, with its uncertainty.
public struct DifferenceEstimate: Sendable, Equatable, Codable {
  /// The difference.
  public let value: Double
  /// Its paired-bootstrap interval.
  public let interval: ConfidenceInterval
  /// The number of points.
  public let n: Int
}
