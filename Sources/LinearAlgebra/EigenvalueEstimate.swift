/// Some eigenvalues of a symmetric operator.
package struct EigenvalueEstimate: Sendable, Equatable {
  /// The eigenvalues asked for, descending (by magnitude where the largest in magnitude were asked for).
  package let eigenvalues: [Double]
  /// How often the operator was applied.
  package let products: Int
  /// The smallest Ritz value of the first Krylov space, which is rich enough to hold both ends of the spectrum
  /// well; of a matrix that was written out, its smallest eigenvalue.
  package let smallest: RitzValue

  /// A number that an eigenvalue is near to.
  package struct RitzValue: Sendable, Equatable {
    /// The number.
    package let value: Double
    /// An eigenvalue lies no further from it than this.
    package let residual: Double
  }
}
