package import LinearAlgebra

/// A kernel matrix that has been checked once, to be used for any number of functions.
package struct CovarianceKernel: Sendable, Equatable {
  /// K + jitter·I, shape `[n, n]`, exactly symmetric.
  package let matrix: Matrix<Double>

  /// The diagonal shift that the caller asked for.
  package let jitter: Double

  /// The number of points n.
  package var count: Int { matrix.rows }

  /// Checks that `matrix` (shape `[n, n]`) is finite, symmetric and positive definite; n³/3 flops. For the
  /// probit likelihood alone, whose unit noise stands beside K, singular is enough: K is taken as it is where
  /// no eigenvalue is more negative than rounding.
  ///
  /// Mirrored elements may differ by 1e-6 of their rows' scale √(Kᵢᵢ Kⱼⱼ), some ten roundings of Float32, in
  /// which kernels are often computed; the lower triangle then counts for both. A larger difference is a
  /// mistake. A pivot that is no larger than the rounding of its own row counts as zero, whatever the scales of
  /// the others.
  ///
  /// - Throws: ``FunctionPriorError/unusableKernel(_:)`` with the pivot that failed and, where it is no more
  ///   than rounding, a jitter that would clear it (none is added unless asked for), or
  ///   ``FunctionPriorError/notSymmetric(row:column:lower:upper:)``.
  package init(
    _ matrix: Matrix<Double>, jitter: Double = 0, forProbitAlone: Bool = false
  ) throws(FunctionPriorError) {
    precondition(jitter >= 0 && jitter.isFinite, "expected a finite jitter ≥ 0, got \(jitter)")
    let n = matrix.rows
    guard matrix.columns == n else {
      throw .unusableKernel(.wrongShape(expected: "[n, n]", got: "[\(n), \(matrix.columns)]"))
    }
    var symmetric = matrix
    for i in 0..<n {
      for j in 0..<i {
        let (lower, upper) = (matrix[i, j], matrix[j, i])
        if lower == upper { continue }
        guard lower.isFinite else { throw .unusableKernel(.notFinite(row: i, column: j)) }
        guard upper.isFinite else { throw .unusableKernel(.notFinite(row: j, column: i)) }
        let scale = abs(matrix[i, i] * matrix[j, j]).squareRoot()
        guard abs(lower - upper) <= 1e-6 * scale else {
          throw .notSymmetric(row: i, column: j, lower: lower, upper: upper)
        }
        symmetric[j, i] = lower
      }
      symmetric[i, i] += jitter
    }
    var checked = symmetric
    if forProbitAlone {
      // Larger than what rounding makes of a zero, relative to each row, and to the noise.
      let rounding = 64 * Double(n) * 0x1p-52
      for i in 0..<n {
        checked[i, i] += rounding * (checked[i, i] + 1)
        // A logit that is always 0 is one that rounding moves: sites divide by its variance.
        if symmetric[i, i] == 0 { symmetric[i, i] = rounding }
      }
    }
    do {
      _ = try Cholesky(checked)
    } catch {
      throw .unusableKernel(error)
    }
    self.matrix = symmetric
    self.jitter = jitter
  }

  /// The kernel of the first `count` points, which needs no check: a block of a positive-definite matrix on its
  /// diagonal is one.
  package func leadingBlock(_ count: Int) -> CovarianceKernel {
    precondition(count <= self.count, "expected at most \(self.count) points, got \(count)")
    let rows = (0..<count).flatMap { matrix.row($0).prefix(count) }
    return CovarianceKernel(checked: Matrix(rows: count, columns: count, elements: rows), jitter: jitter)
  }

  private init(checked matrix: Matrix<Double>, jitter: Double) {
    (self.matrix, self.jitter) = (matrix, jitter)
  }
}
