/// Some eigenvalues of a symmetric operator.
public struct EigenvalueEstimate: Sendable, Equatable {
  /// The eigenvalues asked for, descending (by magnitude where the largest in magnitude were asked for).
  public let eigenvalues: [Double]
  /// How often the operator was applied.
  public let products: Int
}
