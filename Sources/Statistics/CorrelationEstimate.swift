/// A correlation coefficient with its uncertainty.
package struct CorrelationEstimate: Sendable, Equatable, Codable {
  /// The coefficient, in [−1, 1].
  package let value: Double
  /// Its interval; nil for Kendall's τ-b, for which none is computed.
  package let interval: ConfidenceInterval?
  /// The two-sided p-value of the hypothesis that there is no association.
  package let pValue: Double
  /// The number of points.
  package let n: Int
}
