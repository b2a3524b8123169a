#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The factorisation K + jitter·I = L Lᵀ of a symmetric positive-definite matrix.
///
/// Golub & Van Loan (2013), §4.2; computed by LAPACK `dpotrf` in n³/3 flops. Only the lower triangle
/// of the matrix is read.
package struct Cholesky: Sendable {
  /// The lower-triangular factor L, shape `[n, n]`; zero above the diagonal.
  package let lower: Matrix<Double>

  /// Factorises `matrix` (shape `[n, n]`).
  ///
  /// - Throws: ``LinearAlgebraError/notPositiveDefinite(index:size:pivot:suggestedJitter:)`` with the pivot
  ///   that is no more than rounding, ``LinearAlgebraError/indefinite(index:size:pivot:)`` with one that is
  ///   clearly negative, ``LinearAlgebraError/notFinite(row:column:)``, or
  ///   ``LinearAlgebraError/wrongShape(expected:got:)``.
  package init(_ matrix: Matrix<Double>, jitter: Double = 0) throws(LinearAlgebraError) {
    let n = matrix.rows
    guard matrix.columns == n else {
      throw .wrongShape(expected: "[n, n]", got: "[\(n), \(matrix.columns)]")
    }
    var factor = matrix
    for i in 0..<n {
      factor[i, i] += jitter
      for j in 0...i where !factor[i, j].isFinite { throw .notFinite(row: i, column: j) }
    }
    let failed = factor.elements.withUnsafeMutableBufferPointer {
      CholeskyInPlace.factorise($0, size: n)
    }
    // Rounding in dpotrf perturbs each pivot by up to about n·ε·Kᵢᵢ, whatever the scales of the other rows
    // (Higham 2002, §10.1): a smaller one, whatever its sign, says only that the matrix is singular.
    // The factor 16 leaves room, for a clearly negative one, for the growth that the bound leaves out.
    func scale(_ i: Int) -> Double { abs(matrix[i, i]) + jitter }
    func pivot(_ i: Int) -> Double { i == failed ? factor[i, i] : factor[i, i] * factor[i, i] }
    let smallest = failed ?? (0..<n).min { pivot($0) * scale($1) < pivot($1) * scale($0) }
    if let smallest {
      let (pivot, scale) = (pivot(smallest), scale(smallest))
      let threshold = Double(n) * 0x1p-52 * scale
      if pivot < -16 * threshold { throw .indefinite(index: smallest, size: n, pivot: pivot) }
      if failed != nil || pivot <= threshold {
        throw .notPositiveDefinite(
          index: smallest, size: n, pivot: pivot,
          suggestedJitter: Self.powerOfTenAbove(max(-2 * pivot, 1e-10 * scale)))
      }
    }
    for i in 0..<n {
      for j in (i + 1)..<max(n, i + 1) { factor[i, j] = 0 }
    }
    lower = factor
  }

  private static func powerOfTenAbove(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1e-10 }
    return pow(10, log10(value).rounded(.up))
  }
}
