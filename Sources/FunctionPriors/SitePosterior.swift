import LinearAlgebra

/// The Gaussian posterior at given sites, held as B⁻¹ = (I + S^½ K S^½)⁻¹.
struct SitePosterior {
  /// Σⱼ≠ᵢ (B⁻¹)ᵢⱼ xⱼ of the vector x, or, if the flag is set, Σⱼ≠ᵢ (B⁻¹)ᵢⱼ² xⱼ.
  private let offDiagonal: (_ x: [Double], _ squared: Bool) -> [Double]
  /// The site precisions s, all positive, and their roots.
  let precisions: [Double]
  let roots: [Double]
  /// The marginal variances.
  let variances: [Double]

  /// Nil where a site is empty: then B⁻¹ does not hold its marginal.
  init?(
    precisions: [Double], variances: [Double], offDiagonal: @escaping ([Double], Bool) -> [Double]
  ) {
    guard precisions.allSatisfy({ $0 > 0 }), variances.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      return nil
    }
    self.offDiagonal = offDiagonal
    self.precisions = precisions
    roots = precisions.map { $0.squareRoot() }
    self.variances = variances
  }

  /// The posterior of an inverse in Float64, row-major `[n, n]` with the lower triangle valid; it is not owned.
  init?(
    precisions: [Double], variances: [Double], inverse: UnsafePointer<Double>, product: SymmetricProduct
  ) {
    let n = precisions.count
    self.init(precisions: precisions, variances: variances) { x, squared in
      let all = product(inverse, x, squared: squared)
      return x.indices.map { i in
        let own = inverse[i * n + i]
        return all[i] - (squared ? own * own : own) * x[i]
      }
    }
  }

  /// Σ r with the posterior covariance Σ = S^−½ (I − B⁻¹) S^−½; 2n² flops.
  func covariance(times r: [Double]) -> [Double] {
    let solved = offDiagonal(zip(r, roots).map { $0 / $1 }, false)
    return r.indices.map { variances[$0] * r[$0] - solved[$0] / roots[$0] }
  }

  /// Σⱼ≠ᵢ Σᵢⱼ² xⱼ; 2n² or 3n² flops.
  func squaredCovariance(times x: [Double]) -> [Double] {
    let summed = offDiagonal(zip(x, precisions).map { $0 / $1 }, true)
    return x.indices.map { summed[$0] / precisions[$0] }
  }
}

/// A point's marginal: μ, σ² and b = (B⁻¹)ᵢᵢ = 1 − s σ².
struct Marginal {
  var mean: Double
  var variance: Double
  var b: Double
}
