import LinearAlgebra

/// The fixed point of the site updates, with the marginals taken from one factorisation at nearby sites.
///
/// A sweep of n³ flops tells the posterior covariance Σ at its sites s, but uses its diagonal alone. With all
/// of it, marginals at other sites s + δ follow in n² flops: the means exactly, from
///
///     (Σ⁻¹ + δ) μ = ν̃
///
/// by conjugate gradients that Σ preconditions, and the variances but for terms of second order in the
/// correlations, by adding up what each single change does, which is exact for it (Sherman & Morrison 1950):
///
///     wᵢ = σᵢ² − Σⱼ≠ᵢ Σᵢⱼ² δⱼ/(1 + δⱼ σⱼ²),   σᵢ²(s + δ) ≈ wᵢ/(1 + δᵢ wᵢ).
///
/// The updates are iterated on these to their fixed point. The next sweep starts from there with an error
/// that is the square of this one's, as in Newton's method, where updates by themselves gain a constant
/// factor a sweep. Its own marginals are exact again, so what the sweeps converge to is the same.
struct SiteRefinement {
  let posterior: SitePosterior
  let signs: [Double]
  /// The ν of the likelihood Φ(y u/√ν).
  let noise: Double

  /// Updates end when they have become this small a part of the first.
  private static let reduction = 1e-4
  private static let maximumUpdates = 30
  private static let maximumSteps = 8
  /// The part of the residual, in the norm of Σ, that the solution for the means leaves.
  private static let remainder = 1e-3

  /// The sites of the fixed point, from `sites` with marginal means `means`; nil where the updates leave the
  /// range of numbers or do not come closer to each other.
  func refined(_ sites: SiteParameters, means: [Double]) -> SiteParameters? {
    let n = signs.count
    var sites = sites
    var (means, residualShifts) = (means, sites.shifts)
    var extrapolation = SiteExtrapolation()
    var best: (size: Double, update: SiteParameters)?
    var first: Double?
    for update in 0..<Self.maximumUpdates {
      let changes = zip(sites.precisions, posterior.precisions).map { $0 - $1 }
      let others = posterior.squaredCovariance(
        times: zip(changes, posterior.variances).map { $0 / (1 + $0 * $1) })
      if update > 0 { solve(for: &means, &residualShifts, shifts: sites.shifts, changes: changes) }
      var proposal = SiteParameters(count: n)
      for i in 0..<n {
        let exact = posterior.variances[i]
        // Far away the sum of single changes says little more than the sign.
        let own = min(max(exact - others[i], 0.2 * exact), 5 * exact)
        let cavityVariance = 1 / max(1 / own - posterior.precisions[i], 1e-3 / own)
        let variance = own / (1 + changes[i] * own)
        let cavityMean = cavityVariance * (means[i] / variance - sites.shifts[i])
        let moments = TiltedSite(
          sign: signs[i], cavityMean: cavityMean, cavityVariance: cavityVariance, noise: noise)
        (proposal.precisions[i], proposal.shifts[i]) = (moments.precision, moments.shift)
      }
      guard proposal.isUsable, proposal.precisions.allSatisfy({ $0 > 0 }) else { return best?.update }
      let size = proposal.distance(from: sites)
      guard size.isFinite else { return best?.update }
      let initial = first ?? size
      first = initial
      if size < (best?.size ?? .infinity) { best = (size, proposal) }
      if size <= Self.reduction * initial { break }
      sites = extrapolation.next(from: sites, update: proposal)
    }
    guard let best, let first, best.size < first else { return nil }
    return best.update
  }

  /// `means` ← μ of (Σ⁻¹ + δ) μ = ν̃ from where it stands, with Σ⁻¹ μ in `shifted` alongside, so that only
  /// products with Σ are needed.
  private func solve(
    for means: inout [Double], _ shifted: inout [Double], shifts: [Double], changes: [Double]
  ) {
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    var residual = means.indices.map { shifts[$0] - changes[$0] * means[$0] - shifted[$0] }
    var preconditioned = posterior.covariance(times: residual)
    var (direction, shiftedDirection) = (preconditioned, residual)
    var size = dot(residual, preconditioned)
    let target = Self.remainder * Self.remainder * size
    for _ in 0..<Self.maximumSteps where size > 0 {
      let image = direction.indices.map { shiftedDirection[$0] + changes[$0] * direction[$0] }
      let length = size / dot(direction, image)
      guard length > 0, length.isFinite else { return }
      for i in means.indices {
        means[i] += length * direction[i]
        shifted[i] += length * shiftedDirection[i]
        residual[i] -= length * image[i]
      }
      preconditioned = posterior.covariance(times: residual)
      let next = dot(residual, preconditioned)
      if next <= target { return }
      for i in means.indices {
        direction[i] = preconditioned[i] + next / size * direction[i]
        shiftedDirection[i] = residual[i] + next / size * shiftedDirection[i]
      }
      size = next
    }
  }
}

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
