import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The Gaussian process N(0, K) times Gaussian sites, q(u) ∝ N(u; 0, K) ∏ᵢ exp(ν̃ᵢ uᵢ − ½ sᵢ uᵢ²), point after point:
///
///     uᵢ = mᵢ + Σⱼ≤ᵢ Lᵢⱼ εⱼ,  ε ~ N(0, I).
///
/// With K = C Cᵀ and I + Cᵀ S C = U Uᵀ, U upper triangular, L = C U⁻ᵀ is lower triangular and Σ = L Lᵀ the covariance of
/// q, without a difference of nearly equal numbers. Without sites, q is the process itself and L = C. Made in 2n³ flops.
struct GuidedProcess {
  let count: Int
  /// L, shape `[n, n]`.
  let lower: Matrix<Double>
  /// m = Σ ν̃.
  let means: [Double]
  /// What remains of q(uᵢ | u_<i) without its own site: the variance, and what its mean is made of.
  let conditionals: [Conditional]
  /// ln ∫ N(u; 0, K) ∏ᵢ exp(ν̃ᵢ uᵢ − ½ sᵢ uᵢ²) du.
  let logNormaliser: Double

  /// q(uᵢ | u_<i) = N(μ, σ²), divided by its site, is proportional to N(m, v).
  struct Conditional {
    /// 1/σ².
    let precision: Double
    /// 1/v = 1/σ² − s.
    let ownPrecision: Double
    /// ν̃.
    let shift: Double
    /// ½ ln (v/σ²).
    let logScale: Double
  }

  /// C, which the guides of one kernel share; n³/3 flops.
  ///
  /// - Throws: ``FunctionPriorError/unusableKernel(_:)`` where K is singular up to rounding.
  static func root(of kernel: Matrix<Double>) throws(FunctionPriorError) -> Matrix<Double> {
    do { return try Cholesky(kernel).lower } catch { throw .unusableKernel(error) }
  }

  /// - Parameters:
  ///   - root: C.
  ///   - sites: nil for none.
  /// - Throws: ``FunctionPriorError/unusableKernel(_:)`` where I + Cᵀ S C overflows.
  init(root: Matrix<Double>, sites: SiteParameters?) throws(FunctionPriorError) {
    let n = root.rows
    count = n
    guard let sites else {
      lower = root
      means = [Double](repeating: 0, count: n)
      conditionals = (0..<n).map {
        let precision = 1 / (root[$0, $0] * root[$0, $0])
        return Conditional(precision: precision, ownPrecision: precision, shift: 0, logScale: 0)
      }
      logNormaliser = 0
      return
    }
    // I + Cᵀ S C with rows and columns in reverse order, whose Cholesky factor, reversed again, is U.
    var weighted = Matrix<Double>(rows: n, columns: n)
    for i in 0..<n {
      let scale = sites.precisions[i].squareRoot()
      for k in 0...i { weighted[n - 1 - k, i] = scale * root[i, k] }
    }
    var information = weighted.timesOwnTranspose()
    for i in 0..<n { information[i, i] += 1 }
    let reversed = try Self.root(of: information)
    // Uᵀ, lower triangular: Uᵀ[i, j] = U[j, i] = G[n−1−j, n−1−i].
    var transposed = Matrix<Double>(rows: n, columns: n)
    for i in 0..<n {
      for j in 0...i { transposed[i, j] = reversed[n - 1 - j, n - 1 - i] }
    }
    var factor = root
    factor.elements.withUnsafeMutableBufferPointer { factor in
      transposed.elements.withUnsafeBufferPointer { transposed in
        guard let x = factor.baseAddress, let t = transposed.baseAddress else { return }
        divideByTriangle(lower: t, x, rows: n, columns: n)
      }
    }
    lower = factor
    // Lᵀ ν̃, and L of that.
    var projected = [Double](repeating: 0, count: n)
    for i in 0..<n {
      for j in 0...i { projected[j] += factor[i, j] * sites.shifts[i] }
    }
    means = (0..<n).map { i in (0...i).reduce(0) { $0 + factor[i, $1] * projected[$1] } }
    conditionals = (0..<n).map { i in
      let (own, pivot) = (root[i, i] * root[i, i], transposed[i, i] * transposed[i, i])
      let precision = pivot / own
      // At least the process's own: the points behind only add to it.
      let ownPrecision = max(1, pivot - own * sites.precisions[i]) / own
      return Conditional(
        precision: precision, ownPrecision: ownPrecision, shift: sites.shifts[i],
        logScale: 0.5 * log(precision / ownPrecision))
    }
    logNormaliser =
      (0..<n).reduce(0) { $0 - log(transposed[$1, $1]) }
      + 0.5 * projected.reduce(0) { $0 + $1 * $1 }
  }
}
