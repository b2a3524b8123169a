import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The arrays of one expectation propagation, reused from one function to the next: fresh pages cost more
/// than the arithmetic on them. Not for concurrent use.
package final class ExpectationPropagationWorkspace {
  /// From this number of points on, a factorisation uses all cores, and a refinement after each sweep
  /// (``SiteRefinement``) makes the sweeps fewer. With fewer points the other cores run other work.
  package static let largeCount = 3000

  /// The number of points that the arrays hold.
  package let count: Int

  /// What a large number of points needs; nil for a small one.
  private let large: (inverse: BlockedInverse, product: SymmetricProduct)?

  private let factor: UnsafeMutableBufferPointer<Double>
  private var roots: [Double]
  private var scaledShifts: [Double]
  private var solution: [Double]
  private var inverseDiagonal: [Double]
  private(set) var proposal: SiteParameters
  private var marginalMeans: [Double]
  /// B⁻¹ of the last sweep, where it has one.
  private var posteriorInverse: UnsafePointer<Double>?

  /// Arrays for `count` points: count² + O(count) numbers.
  package convenience init(count: Int) { self.init(count: count, largeFrom: Self.largeCount) }

  init(count: Int, largeFrom: Int) {
    precondition(count >= 0, "expected a number of points, got \(count)")
    self.count = count
    large = count < largeFrom ? nil : (BlockedInverse(size: count), SymmetricProduct(size: count))
    factor = .allocate(capacity: count * count)
    // The pages are touched here, once; the strict upper triangle is never read.
    factor.initialize(repeating: 0)
    roots = Array(repeating: 0, count: count)
    scaledShifts = roots
    solution = roots
    inverseDiagonal = roots
    marginalMeans = roots
    proposal = SiteParameters(count: count)
  }

  deinit { factor.deallocate() }

  /// Whether sweeps over all points may keep B⁻¹.
  var isLarge: Bool { large != nil }

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
  /// at those of a `reference`.
  ///
  /// - Parameters:
  ///   - keepsInverse: whether ``refined(_:signs:noise:)`` is wanted afterwards; for large workspaces.
  ///   - reference: a posterior whose site precisions are those of `sites`, in place of a factorisation.
  func sweep(
    kernel: Matrix<Double>, signs: [Double], sites: SiteParameters, noise: Double, points: StridedPoints,
    keepsInverse: Bool = false, reference: ReferencePosterior? = nil
  ) -> Double? {
    let n = points.count
    posteriorInverse = nil
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
      marginalMeans[point] = marginal.mean

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

  /// A point's marginal: μ, σ² and b = (B⁻¹)ᵢᵢ = 1 − s σ².
  private struct Marginal {
    var mean: Double
    var variance: Double
    var b: Double
  }

  private func marginal(
    of i: Int, kernel: Matrix<Double>, sites: SiteParameters, points: StridedPoints
  ) -> Marginal {
    let (precision, b) = (sites.precisions[points[i]], inverseDiagonal[i])
    // 1 − b loses all its digits where the site hardly matters; elsewhere its error is as harmless as it is
    // small, since log Z depends on such a site through s σ² = 1 − b alone.
    if 1 - b > 1e-9 {
      return Marginal(
        mean: (sites.shifts[points[i]] - solution[i]) / precision, variance: (1 - b) / precision, b: b)
    }
    let (mean, variance) = undividedMoments(of: i, kernel: kernel, points: points)
    return Marginal(mean: mean, variance: variance, b: 1 - precision * variance)
  }

  /// The fixed point of the updates when marginals come from the last sweep's B⁻¹; nil where that sweep kept
  /// none, or the updates do not approach a fixed point.
  func refined(_ sites: SiteParameters, signs: [Double], noise: Double) -> SiteParameters? {
    guard let large, let posteriorInverse,
      let posterior = SitePosterior(
        inverse: posteriorInverse, product: large.product, precisions: sites.precisions)
    else { return nil }
    return SiteRefinement(posterior: posterior, signs: signs, noise: noise).refined(
      sites, means: marginalMeans)
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
    var halfLogDeterminant = 0.0
    for i in 0..<n { halfLogDeterminant += log(lower[i * n + i]) }
    CholeskyInPlace.invertLower(factor, size: n)
    CholeskyInPlace.solveAndDiagonal(
      inverse: lower, size: n, rightHandSide: scaledShifts, solution: &solution, diagonal: &inverseDiagonal)
    return halfLogDeterminant
  }

  /// The marginal moments of one point without the division by its site precision: μᵢ = kᵢ·α and
  /// σᵢ² = Kᵢᵢ − ‖L⁻¹ S^½ kᵢ‖²; n² flops.
  private func undividedMoments(
    of i: Int, kernel: Matrix<Double>, points: StridedPoints
  ) -> (mean: Double, variance: Double) {
    guard let lower = factor.baseAddress else { return (0, 0) }
    var mean = 0.0
    var scaled = (0..<points.count).map { kernel[points[i], points[$0]] }
    for j in scaled.indices {
      mean += scaled[j] * solution[j]
      scaled[j] *= roots[j]
    }
    let explained: Double
    if let large, let posteriorInverse {
      explained = zip(scaled, large.product(posteriorInverse, scaled)).reduce(0) { $0 + $1.0 * $1.1 }
    } else {
      explained = CholeskyInPlace.squaredNorm(inverse: lower, size: points.count, times: scaled)
    }
    return (mean, kernel[points[i], points[i]] - explained)
  }
}
