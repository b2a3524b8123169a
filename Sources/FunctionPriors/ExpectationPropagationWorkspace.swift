import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The arrays of one expectation propagation, reused from one function to the next: fresh pages cost more
/// than the arithmetic on them. Not for concurrent use.
package final class ExpectationPropagationWorkspace {
  /// From this number of points on, a factorisation uses all cores. With fewer points the other cores run
  /// other work.
  package static let largeCount = 3000

  /// The number of points that the arrays hold.
  package let count: Int

  /// What a large number of points needs; nil for a smaller one.
  private let large: (inverse: BlockedInverse, product: SymmetricProduct)?
  /// What a smaller number of points needs.
  private let mixed: MixedPrecisionInverse?

  private let factor: UnsafeMutableBufferPointer<Double>
  private var roots: [Double]
  private var scaledShifts: [Double]
  private var solution: [Double]
  private var inverseDiagonal: [Double]
  private(set) var proposal: SiteParameters
  private var marginalMeans: [Double]
  private var marginalVariances: [Double]
  /// B⁻¹ of the last sweep of a large workspace, where it has one.
  private var posteriorInverse: UnsafePointer<Double>?
  /// Whether `mixed` holds B⁻¹ of the last sweep.
  private var holdsMixedInverse = false
  /// Whether the last sweep's diag(B⁻¹) came from Float32; then `factor` holds L instead of its inverse.
  private var isRounded = false

  /// Arrays for `count` points: 2 count² + O(count) numbers, or half as many for a large count.
  package convenience init(count: Int) { self.init(count: count, largeFrom: Self.largeCount) }

  init(count: Int, largeFrom: Int, isRefined: Bool = true) {
    precondition(count >= 0, "expected a number of points, got \(count)")
    self.count = count
    let isLarge = count >= largeFrom
    large = isLarge ? (BlockedInverse(size: count), SymmetricProduct(size: count)) : nil
    mixed = isRefined && !isLarge ? MixedPrecisionInverse(size: count) : nil
    factor = .allocate(capacity: count * count)
    // The pages are touched here, once; the strict upper triangle is never read.
    factor.initialize(repeating: 0)
    roots = Array(repeating: 0, count: count)
    scaledShifts = roots
    solution = roots
    inverseDiagonal = roots
    marginalMeans = roots
    marginalVariances = roots
    proposal = SiteParameters(count: count)
  }

  deinit { factor.deallocate() }

  /// Whether factorisations use all cores, and sweeps over all points may keep B⁻¹.
  var isLarge: Bool { large != nil }

  /// Whether any sweep may keep B⁻¹, in Float32.
  var isMixed: Bool { mixed != nil }

  /// One parallel sweep: the log evidence at `sites`, in nats, and in `proposal` the sites that match the
  /// tilted moments there. Nil when a cavity leaves the range of valid numbers.
  ///
  /// With B = I + S^½ K S^½, b = diag(B⁻¹) and α = S^½ B⁻¹ S^−½ ν̃, point i has marginal variance σ² = (1 −
  /// b)/s, marginal mean μ = (ν̃ − α)/s, cavity variance σ²/b and cavity mean m = μ − α σ²/b. In these terms
  /// eqs. 3.65, 3.73 and 3.74 of Rasmussen & Williams (2006) add up, without cancellation, to
  ///
  ///     log Z = Σ log Ẑᵢ − ½ Σ log bᵢ − ½ log det B − ½ Σ αᵢ mᵢ.
  ///
  /// `signs` holds y = ±1, `noise` the ν of the likelihood Φ(y u/√ν). Only the n chosen `points` take part,
  /// and only their sites are proposed. Cost: 2n³/3 flops, n³ where B⁻¹ is kept, O(n) at empty sites, or 2n²
  /// at those of a `reference`. In mixed workspaces all but the first n³/3 are in Float32.
  ///
  /// - Parameters:
  ///   - keepsInverse: whether ``refined(_:signs:noise:points:)`` is wanted afterwards; for large workspaces
  ///     and all points, or for mixed ones.
  ///   - reference: a posterior whose site precisions are those of `sites`, in place of a factorisation.
  func sweep(
    kernel: Matrix<Double>, signs: [Double], sites: SiteParameters, noise: Double, points: StridedPoints,
    keepsInverse: Bool = false, reference: ReferencePosterior? = nil
  ) -> Double? {
    let n = points.count
    posteriorInverse = nil
    holdsMixedInverse = false
    isRounded = false
    let isEmpty = (0..<n).allSatisfy { sites.precisions[points[$0]] == 0 && sites.shifts[points[$0]] == 0 }
    var logEvidence = 0.0
    if isEmpty {
      for i in 0..<n { (solution[i], inverseDiagonal[i]) = (0, 1) }
    } else {
      guard
        let halfLogDeterminant = solve(
          kernel: kernel, sites: sites, points: points, keepsInverse: keepsInverse, reference: reference)
      else { return nil }
      logEvidence -= halfLogDeterminant
    }
    for i in 0..<n {
      let point = points[i]
      let marginal =
        isEmpty
        ? Marginal(mean: 0, variance: kernel[point, point], b: inverseDiagonal[i])
        : marginal(of: i, kernel: kernel, sites: sites, points: points)
      let cavityVariance = marginal.variance / marginal.b
      guard marginal.b > 0, cavityVariance > 0, cavityVariance.isFinite else { return nil }
      let alpha = solution[i]
      let cavityMean = marginal.mean - alpha * cavityVariance
      (marginalMeans[point], marginalVariances[point]) = (marginal.mean, marginal.variance)

      let site = TiltedSite(
        sign: signs[point], cavityMean: cavityMean, cavityVariance: cavityVariance, noise: noise)
      logEvidence += site.logMass - 0.5 * log(marginal.b) - 0.5 * alpha * cavityMean
      (proposal.precisions[point], proposal.shifts[point]) = (site.precision, site.shift)
    }
    return logEvidence.isFinite && proposal.isUsable ? logEvidence : nil
  }

  /// α in `solution` and b in `inverseDiagonal` at sites that are not all empty.
  ///
  /// - Returns: ½ log det B, or nil where B is not positive definite in floating point.
  private func solve(
    kernel: Matrix<Double>, sites: SiteParameters, points: StridedPoints, keepsInverse: Bool,
    reference: ReferencePosterior?
  ) -> Double? {
    for i in 0..<points.count {
      roots[i] = sites.precisions[points[i]].squareRoot()
      scaledShifts[i] = roots[i] > 0 ? sites.shifts[points[i]] / roots[i] : 0
    }
    let halfLogDeterminant: Double?
    if let reference {
      halfLogDeterminant = reference.halfLogDeterminant
      posteriorInverse = reference.inverse
      solveByInverse()
    } else {
      halfLogDeterminant = factorise(kernel: kernel, points: points, keepsInverse: keepsInverse)
    }
    // α, in place of B⁻¹ S^−½ ν̃; a site with s = 0 has α = ν̃.
    for i in 0..<points.count {
      solution[i] = roots[i] > 0 ? roots[i] * solution[i] : sites.shifts[points[i]]
    }
    return halfLogDeterminant
  }

  private func marginal(
    of i: Int, kernel: Matrix<Double>, sites: SiteParameters, points: StridedPoints
  ) -> Marginal {
    let (precision, b) = (sites.precisions[points[i]], inverseDiagonal[i])
    // 1 − b loses all its digits where the site hardly matters; elsewhere its error is as harmless as it is
    // small, since log Z depends on such a site through s σ² = 1 − b alone.
    if 1 - b > smallestComplement {
      return Marginal(
        mean: (sites.shifts[points[i]] - solution[i]) / precision, variance: (1 - b) / precision, b: b)
    }
    let (mean, variance) = undividedMoments(of: i, kernel: kernel, points: points)
    return Marginal(mean: mean, variance: variance, b: 1 - precision * variance)
  }

  /// The 1 − b up to which a marginal variance is found without it: cheap where B⁻¹ is at hand, and so at the
  /// root of Float32's rounding.
  private var smallestComplement: Double { !isRounded ? 1e-9 : holdsMixedInverse ? 1e-2 : 1e-5 }

  /// The fixed point of the updates at `points` when marginals come from the last sweep's B⁻¹, which was over
  /// these points; its sites are those of `points` alone. Nil where that sweep kept no inverse, or the updates
  /// do not approach a fixed point.
  func refined(
    _ sites: SiteParameters, signs: [Double], noise: Double, points: StridedPoints
  ) -> RefinedSites? {
    func chosen(_ values: [Double]) -> [Double] { (0..<points.count).map { values[points[$0]] } }
    let chosenSites = SiteParameters(precisions: chosen(sites.precisions), shifts: chosen(sites.shifts))
    let (precisions, variances) = (chosenSites.precisions, chosen(marginalVariances))
    var posterior: SitePosterior?
    if let mixed, holdsMixedInverse {
      posterior = SitePosterior(precisions: precisions, variances: variances) {
        mixed.offDiagonal(times: $0, squared: $1)
      }
    } else if let product = large?.product, let posteriorInverse {
      posterior = SitePosterior(
        precisions: precisions, variances: variances, inverse: posteriorInverse, product: product)
    }
    guard let posterior else { return nil }
    return SiteRefinement(posterior: posterior, signs: chosen(signs), noise: noise).refined(
      chosenSites, means: chosen(marginalMeans))
  }

  /// Factorises at `sites`, and copies B⁻¹ to `inverse`, `[count, count]`; n³ flops. ½ log det B, or nil
  /// where B is not positive definite in floating point, or the workspace is not large.
  func copyInverse(
    to inverse: UnsafeMutablePointer<Double>, kernel: Matrix<Double>, sites: SiteParameters
  ) -> Double? {
    guard let lower = factor.baseAddress else { return nil }
    for i in 0..<count { roots[i] = sites.precisions[i].squareRoot() }
    let halfLogDeterminant = factorise(kernel: kernel, points: .all(count), keepsInverse: true)
    guard let halfLogDeterminant, posteriorInverse != nil else { return nil }
    for i in 0..<count { (inverse + i * count).update(from: lower + i * count, count: i + 1) }
    return halfLogDeterminant
  }

  /// `solution` ← B⁻¹ S^−½ ν̃ and `inverseDiagonal` ← diag(B⁻¹), from B⁻¹ itself; 2n² flops.
  private func solveByInverse() {
    guard let large, let posteriorInverse else { return }
    solution = large.product(posteriorInverse, scaledShifts)
    for i in 0..<count { inverseDiagonal[i] = posteriorInverse[i * count + i] }
  }

  /// B = L Lᵀ and L⁻¹, or B⁻¹ where it is to be kept, in `factor`, B⁻¹ S^−½ ν̃ in `solution` and diag(B⁻¹) in
  /// `inverseDiagonal`, for the points chosen and the sites in `roots` and `scaledShifts`.
  ///
  /// - Returns: ½ log det B, or nil where B is not positive definite in floating point.
  private func factorise(kernel: Matrix<Double>, points: StridedPoints, keepsInverse: Bool) -> Double? {
    let n = points.count
    guard let lower = factor.baseAddress else { return 0 }
    kernel.elements.withUnsafeBufferPointer { k in
      roots.withUnsafeBufferPointer { h in
        guard let k = k.baseAddress, let h = h.baseAddress else { return }
        let stride = points.stride
        for i in 0..<n {
          let row = lower + i * n
          let source = k + points[i] * kernel.columns + points.offset
          let root = h[i]
          if stride == 1 {
            for j in 0..<i { row[j] = root * h[j] * source[j] }
          } else {
            for j in 0..<i { row[j] = root * h[j] * source[j * stride] }
          }
          row[i] = 1 + root * root * source[i * stride]
        }
      }
    }
    if let large {
      let keeps = keepsInverse && n == count
      guard
        let halfLogDeterminant = large.inverse.invert(
          factor, count: n, keeping: keeps ? .inverse : .factor)
      else { return nil }
      if keeps {
        posteriorInverse = UnsafePointer(lower)
        solveByInverse()
      } else {
        CholeskyInPlace.solveAndDiagonal(
          inverse: lower, size: n, rightHandSide: scaledShifts, solution: &solution,
          diagonal: &inverseDiagonal)
      }
      return halfLogDeterminant
    }
    guard CholeskyInPlace.factorise(factor, size: n) == nil else { return nil }
    let halfLogDeterminant = (0..<n).reduce(0) { $0 + log(lower[$1 * n + $1]) }
    if let mixed, MixedPrecisionInverse.isPrecise(factor: lower, count: n) {
      solution = scaledShifts
      CholeskyInPlace.solve(factor: lower, size: n, &solution)
      mixed.invert(factor: lower, count: n, diagonal: &inverseDiagonal, keepsInverse: keepsInverse)
      (isRounded, holdsMixedInverse) = (true, keepsInverse)
      return halfLogDeterminant
    }
    CholeskyInPlace.invertLower(factor, size: n)
    CholeskyInPlace.solveAndDiagonal(
      inverse: lower, size: n, rightHandSide: scaledShifts, solution: &solution, diagonal: &inverseDiagonal)
    if let mixed, keepsInverse {
      mixed.keep(inverseFactor: lower, count: n)
      holdsMixedInverse = true
    }
    return halfLogDeterminant
  }

  /// The marginal moments of one point without a difference of nearly equal numbers that its site precision
  /// then divides: μᵢ = kᵢ·α, and σᵢ² = Kᵢᵢ − ‖L⁻¹ S^½ kᵢ‖² by n² flops, or, where B⁻¹ is at hand and sᵢ > 0,
  /// (B⁻¹ S^½ K)ᵢᵢ/√sᵢ by 2n.
  private func undividedMoments(
    of i: Int, kernel: Matrix<Double>, points: StridedPoints
  ) -> (mean: Double, variance: Double) {
    guard let lower = factor.baseAddress else { return (0, 0) }
    let n = points.count
    var mean = 0.0
    var scaled = (0..<n).map { kernel[points[i], points[$0]] }
    for j in scaled.indices {
      mean += scaled[j] * solution[j]
      scaled[j] *= roots[j]
    }
    if let mixed, isRounded, holdsMixedInverse, roots[i] > 0 {
      var sum = inverseDiagonal[i] * scaled[i]
      for j in 0..<n where j != i { sum += mixed.element(i, j) * scaled[j] }
      return (mean, sum / roots[i])
    }
    let explained: Double
    if let large, let posteriorInverse {
      explained = zip(scaled, large.product(posteriorInverse, scaled)).reduce(0) { $0 + $1.0 * $1.1 }
    } else if isRounded {
      CholeskyInPlace.solveLower(lower, size: n, &scaled)
      explained = scaled.reduce(0) { $0 + $1 * $1 }
    } else {
      explained = CholeskyInPlace.squaredNorm(inverse: lower, size: n, times: scaled)
    }
    return (mean, kernel[points[i], points[i]] - explained)
  }
}
