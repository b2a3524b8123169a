package import LinearAlgebra

/// What can go wrong in computing the prior of a function.
package enum FunctionPriorError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The kernel is not positive definite, not finite or not square; the description is the reason's own.
  case unusableKernel(LinearAlgebraError)
  /// Two elements that mirror each other differ by more than rounding.
  case notSymmetric(row: Int, column: Int, lower: Double, upper: Double)
  /// The number of labels is not the number of the kernel's rows.
  case labelCount(expected: Int, got: Int)
  /// A label is neither 0 nor 1.
  case labelOutOfRange(index: Int, label: UInt8)
  /// The starting sites are not `count` finite numbers each with no negative precision.
  case unusableStart(expected: Int, precisions: Int, shifts: Int)
  /// Expectation propagation left the range of numbers at `sweep` even with the smallest damping factor.
  case diverged(sweep: Int, likelihood: Likelihood)
  /// The caller asked to stop.
  case cancelled

  /// What was wrong, where, and what to do.
  package var description: String {
    switch self {
    case .unusableKernel(let reason):
      return reason.description
    case .notSymmetric(let row, let column, let lower, let upper):
      return """
        the kernel is not symmetric: element (\(row), \(column)) is \(lower) but (\(column), \(row)) is \
        \(upper). A kernel is symmetric up to rounding: check how it was made, or pass (K + Kᵀ)/2
        """
    case .labelCount(let expected, let got):
      return "expected \(expected) labels, one for each row of the kernel, got \(got)"
    case .labelOutOfRange(let index, let label):
      return "label \(index) is \(label): expected 0 or 1"
    case .unusableStart(let expected, let precisions, let shifts):
      return """
        expected \(expected) finite starting sites with precisions ≥ 0, got \(precisions) precisions and \
        \(shifts) shifts: start from the sites of an estimate for the same points, or from none
        """
    case .cancelled: return "the sampling of the prior was interrupted; call again"
    case .diverged(let sweep, let likelihood):
      return """
        expectation propagation with the \(likelihood.rawValue) likelihood left the range of numbers \
        at sweep \(sweep), even damped: the kernel is close to singular. Look for inputs that nearly coincide, \
        or add a jitter to the kernel's diagonal
        """
    }
  }
}
