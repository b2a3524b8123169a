import COpenBLAS

/// Factorisations in the caller's storage, for loops that factorise many times.
///
/// Row-major storage seen by column-major LAPACK is the transpose, so the lower triangle here is LAPACK's
/// upper one: `dpotrf` with "U" leaves L, row-major, in the lower triangle.
package enum CholeskyInPlace {
  /// Overwrites the lower triangle of a row-major `[size, size]` matrix by its Cholesky factor; the strict
  /// upper triangle is left alone. n³/3 flops.
  ///
  /// - Returns: nil, or the row of the first pivot that is not positive; that diagonal element then holds
  ///   the pivot.
  package static func factorise(_ matrix: UnsafeMutableBufferPointer<Double>, size: Int) -> Int? {
    let info = inPlace(matrix, size) { dpotrf_("U", $0, $1, $2, $3) }
    precondition(info >= 0, "dpotrf: argument \(-info) is wrong")
    return info == 0 ? nil : Int(info) - 1
  }

  /// Overwrites a row-major lower-triangular factor L by L⁻¹. n³/3 flops.
  package static func invertLower(_ matrix: UnsafeMutableBufferPointer<Double>, size: Int) {
    let info = inPlace(matrix, size) { dtrtri_("U", "N", $0, $1, $2, $3) }
    precondition(info == 0, "dtrtri: the factor has a zero on its diagonal at \(info)")
  }

  /// The same in Float32, where a Float64 factor has been rounded: what is lost is that of L's condition
  /// number, the root of B's.
  package static func invertLower(_ matrix: UnsafeMutableBufferPointer<Float>, size: Int) {
    let info = inPlace(matrix, size) { strtri_("U", "N", $0, $1, $2, $3) }
    precondition(info == 0, "strtri: the factor has a zero on its diagonal at \(info)")
  }

  /// Overwrites a row-major lower-triangular L⁻¹ by the lower triangle of B⁻¹ = L⁻ᵀ L⁻¹. n³/3 flops.
  package static func multiplyByTranspose(_ inverse: UnsafeMutableBufferPointer<Float>, size: Int) {
    let info = inPlace(inverse, size) { slauum_("U", $0, $1, $2, $3) }
    precondition(info == 0, "slauum: argument \(-info) is wrong")
  }

  /// `vector` ← L⁻¹ `vector` for a row-major factor L; n² flops.
  package static func solveLower(
    _ factor: UnsafePointer<Double>, size: Int, _ vector: UnsafeMutablePointer<Double>
  ) {
    cblas_dtrsv(
      CblasRowMajor, CblasLower, CblasNoTrans, CblasNonUnit, Int32(size), factor, Int32(size), vector, 1)
  }

  /// `vector` ← B⁻¹ `vector` for the row-major factor L of B = L Lᵀ; 2n² flops.
  package static func solve(
    factor: UnsafePointer<Double>, size: Int, _ vector: UnsafeMutablePointer<Double>
  ) {
    solveLower(factor, size: size, vector)
    cblas_dtrsv(
      CblasRowMajor, CblasLower, CblasTrans, CblasNonUnit, Int32(size), factor, Int32(size), vector, 1)
  }

  /// For a row-major lower-triangular `inverse` = L⁻¹ of B = L Lᵀ, in one pass over it (3n² flops):
  /// `solution` ← B⁻¹ `rightHandSide` and `diagonal` ← diag(B⁻¹), the sums of squares of its columns.
  ///
  /// All three vectors hold `size` numbers and do not overlap.
  package static func solveAndDiagonal(
    inverse: UnsafePointer<Double>, size: Int, rightHandSide: UnsafePointer<Double>,
    solution: UnsafeMutablePointer<Double>, diagonal: UnsafeMutablePointer<Double>
  ) {
    solution.update(repeating: 0, count: size)
    diagonal.update(repeating: 0, count: size)
    for i in 0..<size {
      let row = inverse + i * size
      let projection = cblas_ddot(Int32(i + 1), row, 1, rightHandSide, 1)
      for j in 0...i {
        let element = row[j]
        solution[j] += projection * element
        diagonal[j] += element * element
      }
    }
  }

  /// ‖L⁻¹ v‖² for a row-major lower-triangular `inverse` = L⁻¹; n² flops.
  package static func squaredNorm(
    inverse: UnsafePointer<Double>, size: Int, times vector: UnsafePointer<Double>
  ) -> Double {
    var sum = 0.0
    for i in 0..<size {
      let projection = cblas_ddot(Int32(i + 1), inverse + i * size, 1, vector, 1)
      sum += projection * projection
    }
    return sum
  }

  /// LAPACK's `info` after `routine(order, elements, leading dimension, info)` on a `[size, size]` matrix; 0 for
  /// one without elements.
  private static func inPlace<Scalar>(
    _ matrix: UnsafeMutableBufferPointer<Scalar>, _ size: Int,
    _ routine: (
      UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Scalar>?, UnsafeMutablePointer<Int32>,
      UnsafeMutablePointer<Int32>
    ) -> Void
  ) -> Int32 {
    precondition(matrix.count >= size * size, "expected \(size * size) elements, got \(matrix.count)")
    guard size > 0 else { return 0 }
    var (order, leading, info) = (Int32(size), Int32(size), Int32(0))
    routine(&order, matrix.baseAddress, &leading, &info)
    return info
  }
}
