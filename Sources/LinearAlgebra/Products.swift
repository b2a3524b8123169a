import COpenBLAS

/// Whether an operand of a product is taken as stored or transposed.
package enum Transposition: Sendable {
  case asStored
  case transposed

  var blas: CBLAS_TRANSPOSE { self == .asStored ? CblasNoTrans : CblasTrans }
}

/// C ← α op(A) op(B) + β C in Float32, all row-major, by BLAS `sgemm`; 2mnk flops, no allocation.
///
/// op(A) has shape `[m, k]`, op(B) `[k, n]`, C `[m, n]`; a leading dimension is the stored row length.
package func multiplyAccumulate(
  _ m: Int, _ n: Int, _ k: Int, alpha: Float = 1,
  _ a: UnsafePointer<Float>, leadingDimension lda: Int, _ transposeA: Transposition,
  _ b: UnsafePointer<Float>, leadingDimension ldb: Int, _ transposeB: Transposition,
  beta: Float = 0, into c: UnsafeMutablePointer<Float>, leadingDimension ldc: Int
) {
  cblas_sgemm(
    CblasRowMajor, transposeA.blas, transposeB.blas, Int32(m), Int32(n), Int32(k),
    alpha, a, Int32(lda), b, Int32(ldb), beta, c, Int32(ldc))
}

/// y ← A x in Float32 for a symmetric A, row-major `[size, size]`, of which the lower triangle is read, by BLAS
/// `ssymv`; 2n² flops.
package func multiplySymmetric(
  lower a: UnsafePointer<Float>, size: Int, _ x: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>
) {
  cblas_ssymv(CblasRowMajor, CblasLower, Int32(size), 1, a, Int32(size), x, 1, 0, y, 1)
}

extension Matrix where Scalar == Double {
  /// self · selfᵀ, shape `[rows, rows]`, both triangles filled; by BLAS `dsyrk`, which computes one half: n²k
  /// flops.
  package func timesOwnTranspose(scale: Double = 1) -> Matrix<Double> {
    var product = Matrix(rows: rows, columns: rows)
    guard rows > 0, columns > 0 else { return product }
    let (n, k) = (Int32(rows), Int32(columns))
    elements.withUnsafeBufferPointer { a in
      product.elements.withUnsafeMutableBufferPointer { c in
        cblas_dsyrk(
          CblasRowMajor, CblasLower, CblasNoTrans, n, k, scale, a.baseAddress, k, 0, c.baseAddress, n)
      }
    }
    for i in 0..<rows {
      for j in 0..<i { product[j, i] = product[i, j] }
    }
    return product
  }
}

/// C ← α op(A) op(B) + β C in Float64, all row-major, by BLAS `dgemm`; 2mnk flops, no allocation.
///
/// op(A) has shape `[m, k]`, op(B) `[k, n]`, C `[m, n]`; a leading dimension is the stored row length.
package func multiplyAccumulate(
  _ m: Int, _ n: Int, _ k: Int, alpha: Double = 1,
  _ a: UnsafePointer<Double>, leadingDimension lda: Int, _ transposeA: Transposition,
  _ b: UnsafePointer<Double>, leadingDimension ldb: Int, _ transposeB: Transposition,
  beta: Double = 0, into c: UnsafeMutablePointer<Double>, leadingDimension ldc: Int
) {
  cblas_dgemm(
    CblasRowMajor, transposeA.blas, transposeB.blas, Int32(m), Int32(n), Int32(k),
    alpha, a, Int32(lda), b, Int32(ldb), beta, c, Int32(ldc))
}

/// B ← B L⁻¹ in Float64, L lower triangular, all row-major and without gaps, by BLAS `dtrsm`; no allocation.
///
/// B has shape `[rows, columns]`, L `[columns, columns]`.
package func divideByTriangle(
  lower l: UnsafePointer<Double>, _ b: UnsafeMutablePointer<Double>, rows: Int, columns: Int
) {
  cblas_dtrsm(
    CblasRowMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, Int32(rows), Int32(columns), 1, l,
    Int32(columns), b, Int32(columns))
}
