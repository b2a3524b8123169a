import COpenBLAS

/// Factorisations in storage that the caller keeps, for loops that factorise again and again.
///
/// Row-major storage seen by column-major LAPACK is the transpose, so the lower triangle here is LAPACK's
/// upper one: `dpotrf` with "U" leaves L, row-major, in the lower triangle.
public enum CholeskyInPlace {
  /// Overwrites the lower triangle of a row-major `[size, size]` matrix by its Cholesky factor; the strict
  /// upper triangle is left alone. n³/3 flops.
  ///
  /// - Returns: nil, or the row of the first pivot that is not positive; that diagonal element then holds
  ///   the pivot.
  public static func factorise(_ matrix: UnsafeMutableBufferPointer<Double>, size: Int) -> Int? {
    precondition(matrix.count >= size * size, "expected \(size * size) elements, got \(matrix.count)")
    guard size > 0 else { return nil }
    var n = Int32(size)
    var leading = Int32(size)
    var info: Int32 = 0
    dpotrf_("U", &n, matrix.baseAddress, &leading, &info)
    precondition(info >= 0, "dpotrf: argument \(-info) is wrong")
    return info == 0 ? nil : Int(info) - 1
  }

  /// Overwrites a row-major lower-triangular factor L by L⁻¹. n³/3 flops.
  public static func invertLower(_ matrix: UnsafeMutableBufferPointer<Double>, size: Int) {
    precondition(matrix.count >= size * size, "expected \(size * size) elements, got \(matrix.count)")
    guard size > 0 else { return }
    var n = Int32(size)
    var leading = Int32(size)
    var info: Int32 = 0
    dtrtri_("U", "N", &n, matrix.baseAddress, &leading, &info)
    precondition(info == 0, "dtrtri: the factor has a zero on its diagonal at \(info)")
  }
}
