import COpenBLAS

/// Eigenvalues of symmetric matrices that are small enough to be written out, by LAPACK.
enum DenseSpectrum {
  /// The eigenvalues of an operator, ascending; `size` products and, by `dsyev`, 4/3 size³ flops.
  static func eigenvalues(
    size: Int,
    multiply: (UnsafePointer<Double>, UnsafeMutablePointer<Double>) throws(EigenvalueError) -> Void
  ) throws(EigenvalueError) -> [Double] {
    var matrix = [Double](repeating: 0, count: size * size)
    var unit = [Double](repeating: 0, count: size)
    var column = [Double](repeating: 0, count: size)
    for j in 0..<size {
      unit[j] = 1
      try multiply(unit, &column)
      unit[j] = 0
      // The mean of both triangles: rounding leaves the products a little asymmetric, and dsyev reads one half.
      for i in 0..<size {
        matrix[j * size + i] += column[i] / 2
        matrix[i * size + j] += column[i] / 2
      }
    }
    return try solve(&matrix, size: size, vectors: false)
  }

  /// The eigenvalues of a symmetric matrix, ascending, and in place of the matrix, row by row, its
  /// eigenvectors; some 9 size³ flops.
  static func decompose(_ matrix: inout [Double], size: Int) throws(EigenvalueError) -> [Double] {
    try solve(&matrix, size: size, vectors: true)
  }

  /// The eigenvalues of the symmetric tridiagonal matrix with this diagonal and the numbers beside it,
  /// ascending; by `dsterf`, O(size²).
  static func eigenvalues(
    diagonal: [Double], beside: [Double]
  ) throws(EigenvalueError) -> [Double] {
    var (values, rest) = (diagonal, beside)
    var (n, info) = (Int32(diagonal.count), Int32(0))
    dsterf_(&n, &values, &rest, &info)
    guard info == 0 else { throw .failed(.dsterf, code: Int(info)) }
    return values
  }

  private static func solve(
    _ matrix: inout [Double], size: Int, vectors: Bool
  ) throws(EigenvalueError) -> [Double] {
    var values = [Double](repeating: 0, count: size)
    var n = Int32(size)
    var leading = Int32(size)
    var info: Int32 = 0
    var workCount = Int32(max(1, 34 * size))
    var work = [Double](repeating: 0, count: Int(workCount))
    dsyev_(vectors ? "V" : "N", "U", &n, &matrix, &leading, &values, &work, &workCount, &info)
    guard info == 0 else { throw .failed(.dsyev, code: Int(info)) }
    return values
  }
}
