import COpenBLAS

/// The row space of a matrix X of shape `[n, d]` with n ≤ d: X = L Qᵀ with L lower triangular, `[n, n]`, and
/// the columns of Q, `[d, n]`, orthonormal.
///
/// By LAPACK's `dgeqrf` of Xᵀ, 2 n² (d − n/3) flops. Q is kept as Householder reflectors and never formed.
package struct RowSpace: Sendable {
  /// L: the coordinates of the rows of X in the basis Q.
  package let coefficients: Matrix<Double>
  private let reflectors: [Double]
  private let scales: [Double]
  private let dimension: Int

  /// The row space of `x`, shape `[n, d]`, 0 < n ≤ d.
  package init(of x: Matrix<Float>) {
    precondition(
      x.rows > 0 && x.rows <= x.columns, "expected no more rows than columns, got \(x.rows) × \(x.columns)")
    // Row-major X is column-major Xᵀ.
    var a = x.elements.map(Double.init)
    var scales = [Double](repeating: 0, count: x.rows)
    var (m, n, info) = (Int32(x.columns), Int32(x.rows), Int32(0))
    var leading = m
    var workCount = Int32(64 * x.rows)
    var work = [Double](repeating: 0, count: Int(workCount))
    dgeqrf_(&m, &n, &a, &leading, &scales, &work, &workCount, &info)
    precondition(info == 0, "dgeqrf refuses argument \(-info)")
    var coefficients = Matrix<Double>(rows: x.rows, columns: x.rows)
    for row in 0..<x.rows {
      for column in 0...row { coefficients[row, column] = a[row * x.columns + column] }
    }
    self.coefficients = coefficients
    self.scales = scales
    reflectors = a
    dimension = x.columns
  }

  /// W Q: the coordinates of the rows of W, shape `[m, d]`, in the basis Q; shape `[m, n]`. Components of a
  /// row outside the row space are dropped.
  package func coordinates(of w: Matrix<Double>) -> Matrix<Double> {
    precondition(w.columns == dimension, "expected \(dimension) columns, got \(w.columns)")
    let rank = coefficients.rows
    // Row-major W is column-major Wᵀ, and (W Q)ᵀ = Qᵀ Wᵀ.
    var c = w.elements
    var (rows, columns, reflectorCount, info) = (Int32(dimension), Int32(w.rows), Int32(rank), Int32(0))
    var leading = rows
    var workCount = Int32(64 * max(w.rows, 1))
    var work = [Double](repeating: 0, count: Int(workCount))
    dormqr_(
      "L", "T", &rows, &columns, &reflectorCount, reflectors, &leading, scales, &c, &rows, &work, &workCount,
      &info)
    precondition(info == 0, "dormqr refuses argument \(-info)")
    var coordinates = Matrix<Double>(rows: w.rows, columns: rank)
    for row in 0..<w.rows {
      for column in 0..<rank { coordinates[row, column] = c[row * dimension + column] }
    }
    return coordinates
  }
}
