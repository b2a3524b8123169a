import LinearAlgebra

/// The arrays of one expectation propagation, kept from one function to the next: fresh pages cost more than
/// the arithmetic on them. Not for use by two calls at once.
public final class ExpectationPropagationWorkspace {
  /// The number of points that the arrays hold.
  public let count: Int

  private let factor: UnsafeMutableBufferPointer<Double>
  private var roots: [Double]
  private var scaledShifts: [Double]
  private var solution: [Double]
  private var inverseDiagonal: [Double]
  private(set) var proposal: SiteParameters

  /// Arrays for `count` points: count² + O(count) numbers.
  public init(count: Int) {
    precondition(count >= 0, "expected a number of points, got \(count)")
    self.count = count
    factor = .allocate(capacity: count * count)
    // The pages are touched here, once; the strict upper triangle is never read.
    factor.initialize(repeating: 0)
    roots = Array(repeating: 0, count: count)
    scaledShifts = roots
    solution = roots
    inverseDiagonal = roots
    proposal = SiteParameters(count: count)
  }

  deinit { factor.deallocate() }

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
  /// and only their sites are proposed. Cost: 2n³/3 flops, or O(n) at empty sites.
  func sweep(
    kernel: Matrix<Double>, signs: [Double], sites: SiteParameters, noise: Double, points: StridedPoints
  ) -> Double? {
    let n = points.count
    var logEvidence = 0.0
    let isEmpty = (0..<n).allSatisfy { sites.precisions[points[$0]] == 0 && sites.shifts[points[$0]] == 0 }
    if isEmpty {
      for i in 0..<n { (solution[i], inverseDiagonal[i]) = (0, 1) }
    } else {
      guard let halfLogDeterminant = factorise(kernel: kernel, sites: sites, points: points) else {
        return nil
      }
      logEvidence -= halfLogDeterminant
      // α, in place of B⁻¹ S^−½ ν̃; a site with s = 0 has α = ν̃.
      for i in 0..<n { solution[i] = roots[i] > 0 ? roots[i] * solution[i] : sites.shifts[points[i]] }
    }

    for i in 0..<n {
      let point = points[i]
      let precision = sites.precisions[point]
      let alpha = solution[i]
      var b = inverseDiagonal[i]
      var variance = kernel[point, point]
      var mean = 0.0
      if !isEmpty {
        // 1 − b loses all its digits where the site hardly matters; elsewhere its error is as harmless as it
        // is small, since log Z depends on such a site through s σ² = 1 − b alone.
        if 1 - b > 1e-9 {
          variance = (1 - b) / precision
          mean = (sites.shifts[point] - alpha) / precision
        } else {
          (mean, variance) = marginal(of: i, kernel: kernel, points: points)
          b = 1 - precision * variance
        }
      }
      let cavityVariance = variance / b
      guard b > 0, cavityVariance > 0, cavityVariance.isFinite else { return nil }
      let cavityMean = mean - alpha * cavityVariance

      let spread = (noise + cavityVariance).squareRoot()
      let z = signs[point] * cavityMean / spread
      let tail = NormalTail(z)
      logEvidence += tail.logProbability - 0.5 * SpecialFunction.log(b) - 0.5 * alpha * cavityMean

      // The tilted moments' site, with the cavity's parameters cancelled from it by hand:
      // s = q/(ν + σ₋² (1 − q)), ν̃ = y √(ν + σ₋²) (z + r − z (1 − q))/(ν + σ₋² (1 − q)).
      let scale = noise + cavityVariance * tail.remainingVariance
      proposal.precisions[point] = tail.removedVariance / scale
      proposal.shifts[point] =
        signs[point] * spread * (tail.shiftedRatio - z * tail.remainingVariance) / scale
    }
    return logEvidence.isFinite && proposal.isUsable ? logEvidence : nil
  }

  /// B = L Lᵀ and L⁻¹ in `factor`, B⁻¹ S^−½ ν̃ in `solution` and diag(B⁻¹) in `inverseDiagonal`, for the
  /// points chosen.
  ///
  /// - Returns: ½ log det B, or nil where B is not positive definite in floating point.
  private func factorise(kernel: Matrix<Double>, sites: SiteParameters, points: StridedPoints) -> Double? {
    let n = points.count
    for i in 0..<n {
      roots[i] = sites.precisions[points[i]].squareRoot()
      scaledShifts[i] = roots[i] > 0 ? sites.shifts[points[i]] / roots[i] : 0
    }
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
    guard CholeskyInPlace.factorise(factor, size: n) == nil else { return nil }
    var halfLogDeterminant = 0.0
    for i in 0..<n { halfLogDeterminant += SpecialFunction.log(lower[i * n + i]) }
    CholeskyInPlace.invertLower(factor, size: n)
    CholeskyInPlace.solveAndDiagonal(
      inverse: lower, size: n, rightHandSide: scaledShifts, solution: &solution, diagonal: &inverseDiagonal)
    return halfLogDeterminant
  }

  /// The marginal moments of one point without the division by its site precision: μᵢ = kᵢ·α and
  /// σᵢ² = Kᵢᵢ − ‖L⁻¹ S^½ kᵢ‖²; n² flops.
  private func marginal(
    of i: Int, kernel: Matrix<Double>, points: StridedPoints
  ) -> (mean: Double, variance: Double) {
    guard let lower = factor.baseAddress else { return (0, 0) }
    var mean = 0.0
    var scaled = (0..<points.count).map { kernel[points[i], points[$0]] }
    for j in scaled.indices {
      mean += scaled[j] * solution[j]
      scaled[j] *= roots[j]
    }
    let explained = CholeskyInPlace.squaredNorm(inverse: lower, size: points.count, times: scaled)
    return (mean, kernel[points[i], points[i]] - explained)
  }
}
