import COpenBLAS

/// All eigenvalues of a small symmetric operator: its matrix is written out column by column.
enum DenseSpectrum {
  /// The eigenvalues, ascending; `size` products and, by LAPACK `dsyev`, 4/3 size³ flops.
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
    var values = [Double](repeating: 0, count: size)
    var n = Int32(size)
    var leading = Int32(size)
    var info: Int32 = 0
    var workCount = Int32(max(1, 34 * size))
    var work = [Double](repeating: 0, count: Int(workCount))
    dsyev_("N", "U", &n, &matrix, &leading, &values, &work, &workCount, &info)
    guard info == 0 else { throw .failed(.dsyev, code: Int(info)) }
    return values
  }
}
