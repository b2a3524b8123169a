/// The difference of two statistics of the same points, with its uncertainty.
package struct DifferenceEstimate: Sendable, Equatable, Codable {
  /// The difference.
  package let value: Double
  /// Its paired-bootstrap interval.
  package let interval: ConfidenceInterval
  /// The number of points.
  package let n: Int
}
