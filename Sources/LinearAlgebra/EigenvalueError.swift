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
  /// A routine of LAPACK failed; `code` is its argument `info`.
  case failed(Routine, code: Int)

  /// The routines that can fail.
  package enum Routine: String, Sendable {
    /// LAPACK's eigenvalues of a matrix that was written out.
    case dsyev
    /// LAPACK's eigenvalues of a tridiagonal matrix.
    case dsterf
  }

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
      return """
        the search for eigenvalues was interrupted after \(products) products; the next call starts it from the \
        beginning
        """
    case .tooMany(let asked, let size):
      return """
        \(asked) eigenvalues of an operator of size \(size) would need all of it written out: ask for fewer than \
        \(size / 2)
        """
    case .failed(let routine, let code):
      return "\(routine.rawValue) stopped with code \(code): \(routine.meaning(of: code))"
    }
  }
}

extension EigenvalueError.Routine {
  /// What a code of the routine means, after the comments in its source, and what to do.
  fileprivate func meaning(of code: Int) -> String {
    switch (self, code) {
    case (_, 1...):
      return
        "\(code) elements beside the diagonal did not converge to zero; check the operator for huge values"
    default:
      return "an argument was refused, which is a mistake in plateau; please report it"
    }
  }
}
