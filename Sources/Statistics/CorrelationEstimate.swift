/// A correlation coefficient with its uncertainty.
public struct CorrelationEstimate: Sendable, Equatable, Codable {
  /// The coefficient, in [−1, 1].
  public let value: Double
  /// Its interval; nil for Kendall's τ-b, for which none is computed.
  public let interval: ConfidenceInterval?
  /// The two-sided p-value of the hypothesis that there is no association.
  public let pValue: Double
  /// The number of points.
  public let n: Int
}
