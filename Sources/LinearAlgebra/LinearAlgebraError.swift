/// What can go wrong in a factorisation.
package enum LinearAlgebraError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The matrix is singular up to rounding: the pivot at `index` came out as `pivot`, of either sign and no
  /// larger than rounding. `suggestedJitter` is a diagonal shift that clears it: a power of ten of at least
  /// 1e-10 of the largest diagonal element.
  case notPositiveDefinite(index: Int, size: Int, pivot: Double, suggestedJitter: Double)
  /// The matrix has a negative direction: the pivot at `index` came out as `pivot`, negative by more than
  /// rounding.
  case indefinite(index: Int, size: Int, pivot: Double)
  /// An element is NaN or infinite.
  case notFinite(row: Int, column: Int)
  /// The matrix is not square, or its size does not fit the other operand.
  case wrongShape(expected: String, got: String)
  /// So many threads have no address space left for what they need, in bytes.
  case addressSpace(bytes: Int, threads: Int)

  /// What was wrong, where, and what to do.
  package var description: String {
    switch self {
    case .notPositiveDefinite(let index, let size, let pivot, let jitter):
      return """
        the \(size) × \(size) matrix is not positive definite: its smallest pivot, at row \(index), is \
        \(pivot). Two identical inputs give such a kernel: remove the duplicate, or add a jitter of about \
        \(jitter) to the diagonal (it is never added in silence)
        """
    case .indefinite(let index, let size, let pivot):
      return """
        the \(size) × \(size) matrix is not a covariance: it has a negative direction, since the pivot at row \
        \(index) is \(pivot), which is more than rounding. Check how the matrix was made
        """
    case .notFinite(let row, let column):
      return
        "element (\(row), \(column)) is not a finite number: check the inputs that the matrix was made from"
    case .wrongShape(let expected, let got):
      return "expected a matrix of shape \(expected), got \(got)"
    case .addressSpace(let bytes, let threads):
      return """
        the process may not have the address space that \(threads) threads need, \(bytes >> 20) MiB more than it \
        has: raise the limit (ulimit -v), or use fewer threads (taskset, --jobs)
        """
    }
  }
}
