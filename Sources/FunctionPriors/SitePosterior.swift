import LinearAlgebra

/// The Gaussian posterior at given sites, held as B⁻¹ = (I + S^½ K S^½)⁻¹.
///
/// `inverse` is row-major `[n, n]` with the lower triangle valid; it is not owned.
struct SitePosterior {
  let inverse: UnsafePointer<Double>
  let product: SymmetricProduct
  /// The site precisions s, all positive, and their roots.
  let precisions: [Double]
  let roots: [Double]
  /// The marginal variances (1 − (B⁻¹)ᵢᵢ)/sᵢ.
  let variances: [Double]

  /// Nil where a site is empty: then B⁻¹ does not hold its marginal.
  init?(inverse: UnsafePointer<Double>, product: SymmetricProduct, precisions: [Double]) {
    let n = precisions.count
    let variances = (0..<n).map { (1 - inverse[$0 * n + $0]) / precisions[$0] }
    guard variances.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
    self.inverse = inverse
    self.product = product
    self.precisions = precisions
    roots = precisions.map { $0.squareRoot() }
    self.variances = variances
  }

  /// Σ r with the posterior covariance Σ = S^−½ (I − B⁻¹) S^−½; 2n² flops.
  func covariance(times r: [Double]) -> [Double] {
    let scaled = zip(r, roots).map { $0 / $1 }
    let solved = product(inverse, scaled)
    return r.indices.map { (r[$0] - solved[$0] * roots[$0]) / precisions[$0] }
  }

  /// Σⱼ≠ᵢ Σᵢⱼ² xⱼ; 3n² flops.
  func squaredCovariance(times x: [Double]) -> [Double] {
    let scaled = zip(x, precisions).map { $0 / $1 }
    let summed = product(inverse, scaled, squared: true)
    let n = x.count
    return x.indices.map { i in
      let own = inverse[i * n + i]
      return (summed[i] - own * own * scaled[i]) / precisions[i]
    }
  }
}
