/// Why no eigenvalues were found.
package enum EigenvalueError: Error, Equatable, Sendable, CustomStringConvertible {
  /// After the allowed restarts only `converged` of the `asked` eigenvalues met the tolerance.
  case notConverged(converged: Int, asked: Int, products: Int)
  /// This product of the operator, counted from 1, held NaN or infinity.
  case productNotFinite(product: Int)
  /// The caller asked to stop, after so many products.
  case cancelled(products: Int)
  /// So many eigenvalues of an operator of this size would need it written out, and it is too large for that.
  case tooMany(asked: Int, size: Int)
  /// ARPACK or LAPACK gave up with this code of its own.
  case failed(routine: String, code: Int)

  /// What was wrong, and what to do.
  package var description: String {
    switch self {
    case .notConverged(let converged, let asked, let products):
      return """
        only \(converged) of \(asked) eigenvalues converged in \(products) products: ask for fewer of them, or \
        use a larger tolerance
        """
    case .productNotFinite(let product):
      return "product \(product) of the operator is not finite: check what the operator is made from"
    case .cancelled(let products):
      return "the search for eigenvalues was interrupted after \(products) products; call again to begin anew"
    case .tooMany(let asked, let size):
      return """
        \(asked) eigenvalues of an operator of size \(size) would need all of it written out: ask for fewer than \
        \(size / 2)
        """
    case .failed(let routine, let code):
      return "\(routine) stopped with code \(code); its manual says what that means"
    }
  }
}
