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

  /// Updates end when they have become this small a part of the first: a hundredth of how far the first moves
  /// the sites, because the error of second order left by the posterior at the old sites is no smaller.
  private static let reductions = 1e-4...1e-2
  private static let maximumUpdates = 30
  private static let maximumSteps = 8
  /// The part of the residual, in the norm of Σ, that the solution for the means leaves, in units of the
  /// updates' reduction.
  private static let remainder = 10.0

  /// The sites of the fixed point, from `sites` with marginal means `means`; nil where the updates leave the
  /// range of numbers or do not come closer to each other.
  func refined(_ initialSites: SiteParameters, means initialMeans: [Double]) -> RefinedSites? {
    let n = signs.count
    var sites = initialSites
    var (means, residualShifts) = (initialMeans, sites.shifts)
    var extrapolation = SiteExtrapolation()
    var best: (size: Double, update: SiteParameters, cavities: SiteParameters)?
    var first: (size: Double, update: SiteParameters, cavities: SiteParameters)?
    var reduction = Self.reductions.lowerBound
    for update in 0..<Self.maximumUpdates {
      let changes = zip(sites.precisions, posterior.precisions).map { $0 - $1 }
      var others = [Double](repeating: 0, count: n)
      if update > 0 {
        others = posterior.squaredCovariance(
          times: zip(changes, posterior.variances).map { $0 / (1 + $0 * $1) })
        solve(
          for: &means, &residualShifts, shifts: sites.shifts, changes: changes,
          remainder: Self.remainder * reduction)
      }
      var proposal = SiteParameters(count: n)
      var cavities = SiteParameters(count: n)
      for i in 0..<n {
        let exact = posterior.variances[i]
        // Far away the sum of single changes says little more than the sign.
        let own = min(max(exact - others[i], 0.2 * exact), 5 * exact)
        let cavityPrecision = max(1 / own - posterior.precisions[i], 1e-3 / own)
        let variance = own / (1 + changes[i] * own)
        let cavityShift = means[i] / variance - sites.shifts[i]
        let moments = TiltedSite(
          sign: signs[i], cavityMean: cavityShift / cavityPrecision, cavityVariance: 1 / cavityPrecision,
          noise: noise)
        (cavities.precisions[i], cavities.shifts[i]) = (cavityPrecision, cavityShift)
        (proposal.precisions[i], proposal.shifts[i]) = (moments.precision, moments.shift)
      }
      guard proposal.isUsable, proposal.precisions.allSatisfy({ $0 > 0 }) else { break }
      let size = proposal.distance(from: sites)
      guard size.isFinite else { break }
      if first == nil {
        first = (size, proposal, cavities)
        reduction = min(max(0.01 * size, Self.reductions.lowerBound), Self.reductions.upperBound)
      }
      if size < (best?.size ?? .infinity) { best = (size, proposal, cavities) }
      if let first, size <= reduction * first.size { break }
      sites = extrapolation.next(from: sites, update: proposal)
    }
    guard let best, let first, best.size < first.size else { return nil }
    let terms = gains(
      from: first.cavities, to: best.cavities, update: first.update, means: initialMeans)
    let uncertainty = terms.indices.reduce(0) {
      $0 + abs(terms[$1])
        * max(best.update.squaredDistance(from: initialSites, at: $1).squareRoot(), best.size / first.size)
    }
    return RefinedSites(sites: best.update, gain: terms.reduce(0, +), uncertainty: uncertainty)
  }

  /// How much larger ln P(f) is at the fixed point than at the first sites, to second order, as a sum over the
  /// points.
  ///
  /// As a function of the sites, log Z has the differential Σ (η̂ᵢ − ηᵢ)·dλ₋ᵢ, where η̂ − η are the tilted
  /// moments less the marginal's, and λ₋ are the natural parameters of the cavities. At the fixed point it is
  /// zero. So the way there gains half of Σ (η̂ᵢ − ηᵢ)·Δλ₋ᵢ (the trapezoidal rule).
  private func gains(
    from first: SiteParameters, to last: SiteParameters, update: SiteParameters, means: [Double]
  ) -> [Double] {
    signs.indices.map { i in
      let tiltedVariance = 1 / (first.precisions[i] + update.precisions[i])
      let tiltedMean = tiltedVariance * (first.shifts[i] + update.shifts[i])
      let meanChange = tiltedMean - means[i]
      let squareChange =
        tiltedVariance - posterior.variances[i] + meanChange * (tiltedMean + means[i])
      return 0.5 * meanChange * (last.shifts[i] - first.shifts[i])
        - 0.25 * squareChange * (last.precisions[i] - first.precisions[i])
    }
  }

  /// `means` ← μ of (Σ⁻¹ + δ) μ = ν̃ from where it stands, with Σ⁻¹ μ in `shifted` alongside, so that only
  /// products with Σ are needed.
  private func solve(
    for means: inout [Double], _ shifted: inout [Double], shifts: [Double], changes: [Double],
    remainder: Double
  ) {
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    var residual = means.indices.map { shifts[$0] - changes[$0] * means[$0] - shifted[$0] }
    var preconditioned = posterior.covariance(times: residual)
    var (direction, shiftedDirection) = (preconditioned, residual)
    var size = dot(residual, preconditioned)
    let target = remainder * remainder * size
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

/// Where a refinement leads.
struct RefinedSites {
  let sites: SiteParameters
  /// How much larger ln P(f) is at the fixed point than at the sites that were refined, in nats.
  let gain: Double
  /// How wrong that may be, in nats: each point's share of the gain times the relative change of its site,
  /// since the error is of third order, or times what the last update leaves of the first.
  let uncertainty: Double
}
