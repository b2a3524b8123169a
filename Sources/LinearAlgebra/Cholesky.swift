import COpenBLAS

/// The factorisation K + jitter·I = L Lᵀ of a symmetric positive-definite matrix.
///
/// Golub & Van Loan (2013), §4.2; computed by LAPACK `dpotrf` in n³/3 flops. Only the lower triangle
/// of the matrix is read.
public struct Cholesky: Sendable {
  /// The lower-triangular factor L, shape `[n, n]`; zero above the diagonal.
  public let lower: Matrix<Double>

  /// Factorises `matrix` (shape `[n, n]`).
  ///
  /// - Throws: ``LinearAlgebraError/notPositiveDefinite(index:size:pivot:suggestedJitter:)`` with the
  ///   pivot that failed or the smallest one where it is no more than rounding,
  ///   ``LinearAlgebraError/notFinite(row:column:)``, or
  ///   ``LinearAlgebraError/wrongShape(expected:got:)``.
  public init(_ matrix: Matrix<Double>, jitter: Double = 0) throws(LinearAlgebraError) {
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
    // Rounding in dpotrf perturbs each pivot by up to about n·ε·max Kᵢᵢ (Higham 2002, §10.1): a smaller one,
    // whatever its sign, says only that the matrix is singular.
    let scale = (0..<n).reduce(0) { max($0, abs(matrix[$1, $1]) + jitter) }
    let threshold = Double(n) * 0x1p-52 * scale
    let smallest = failed ?? (0..<n).min { factor[$0, $0] < factor[$1, $1] }
    if let smallest {
      let pivot =
        failed == nil ? factor[smallest, smallest] * factor[smallest, smallest] : factor[smallest, smallest]
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

  /// log det(L Lᵀ) = 2 Σ log Lᵢᵢ.
  public var logDeterminant: Double {
    2 * (0..<lower.rows).reduce(0) { $0 + Logarithm.natural(lower[$1, $1]) }
  }

  /// Solves L Lᵀ x = b; `b` has length n. Cost 2n² flops.
  public func solve(_ b: [Double]) -> [Double] {
    precondition(b.count == lower.rows, "expected \(lower.rows) right-hand sides, got \(b.count)")
    var x = b
    let n = Int32(lower.rows)
    lower.elements.withUnsafeBufferPointer { l in
      x.withUnsafeMutableBufferPointer { x in
        cblas_dtrsv(
          CblasRowMajor, CblasLower, CblasNoTrans, CblasNonUnit, n, l.baseAddress, n, x.baseAddress, 1)
        cblas_dtrsv(
          CblasRowMajor, CblasLower, CblasTrans, CblasNonUnit, n, l.baseAddress, n, x.baseAddress, 1)
      }
    }
    return x
  }

  private static func powerOfTenAbove(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1e-10 }
    let exponent = Logarithm.decimal(value).rounded(.up)
    return Logarithm.powerOfTen(exponent)
  }
}
