import COpenBLAS

/// C ← α op(A) op(B) + β C in Float64, all row-major, by BLAS `dgemm`; 2mnk flops, no allocation.
///
/// op(A) has shape `[m, k]`, op(B) `[k, n]`, C `[m, n]`; a leading dimension is the stored row length.
public func multiplyAccumulate(
  _ m: Int, _ n: Int, _ k: Int, alpha: Double = 1,
  _ a: UnsafePointer<Double>, leadingDimension lda: Int, _ transposeA: Transposition,
  _ b: UnsafePointer<Double>, leadingDimension ldb: Int, _ transposeB: Transposition,
  beta: Double = 0, into c: UnsafeMutablePointer<Double>, leadingDimension ldc: Int
) {
  cblas_dgemm(
    CblasRowMajor, transposeA.blas, transposeB.blas, Int32(m), Int32(n), Int32(k),
    alpha, a, Int32(lda), b, Int32(ldb), beta, c, Int32(ldc))
}
