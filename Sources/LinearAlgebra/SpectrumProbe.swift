import COpenBLAS

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Whether an iteration that has converged has missed eigenvalues: those whose eigenvectors its start vector
/// did not reach, as the copies of a repeated eigenvalue.
///
/// Let the rows of W be all vectors of the iteration, H Wᵀ = Wᵀ T + β q eᵀ, and Q the projection across them.
/// By Haynsworth's inertia, H has as many eigenvalues above μ as T, and as many more as
///
///     A = Q H Q + c q qᵀ,   c = β² eᵀ (μ − T)⁻¹ e = Σ (β sᵢ)² / (μ − θᵢ),
///
/// has on W's complement; sᵢ is the last number of Ritz vector i. The Ritz vectors that have converged count
/// with β sᵢ = 0. A Lanczos iteration on A from a random vector shows an eigenvalue above μ, or that there is
/// none: were there one, its part of the start vector would be grown by a Chebyshev polynomial of the number
/// of steps, until the largest Ritz value θ lay higher than it does (Kaniel 1966; Saad 1980). With
/// γ = (μ − θ)/(θ − λₘᵢₙ) there is none as soon as
///
///     T²ₛ₋₁(1 + 2γ) γ g² > 1,   g² = δ²/size,
///
/// but for a start vector whose part along the eigenvector is smaller than g, of probability below δ = 10⁻⁶.
/// Some 15 to 60 products where the eigenvalues thin out below μ.
struct SpectrumProbe {
  enum Finding {
    /// The iteration has missed some.
    case missed
    /// It has missed none that is larger than this.
    case noneAbove(Double)
  }

  /// Products after which the probe says what it has.
  static let maximumSteps = 1000
  private static let risk = 1e-6

  /// μ.
  let level: Double
  /// c.
  let weight: Double
  /// A bound on H's spectrum from below, or near it.
  let floor: Double

  /// Adds its vectors to the iteration's basis, and takes them away again.
  func search(
    _ iteration: borrowing ThickRestartIteration, product: ThickRestartIteration.Product
  ) throws(EigenvalueError) -> Finding {
    let basis = iteration.basis
    let own = basis.count
    defer { basis.keep(first: own) }
    guard basis.appendRandom() else { return .noneAbove(level) }
    let n = Int32(basis.size)
    var (diagonal, beside): ([Double], [Double]) = ([], [])
    var next = [Double](repeating: 0, count: basis.size)
    var coupling = 0.0
    var (highest, lowest) = (0.0, floor)
    for step in 1...Self.maximumSteps {
      let last = basis.count - 1
      try product(basis[last], &next)
      if weight > 0 {
        cblas_daxpy(n, weight * cblas_ddot(n, iteration.next, 1, basis[last], 1), iteration.next, 1, &next, 1)
      }
      let alpha = cblas_ddot(n, basis[last], 1, next, 1)
      cblas_daxpy(n, -alpha, basis[last], 1, &next, 1)
      if step > 1 {
        cblas_daxpy(n, -coupling, basis[last - 1], 1, &next, 1)
        beside.append(coupling)
      }
      diagonal.append(alpha)
      let values = try DenseSpectrum.eigenvalues(diagonal: diagonal, beside: beside)
      (highest, lowest) = (values[step - 1], min(lowest, values[0]))
      if highest >= level { return .missed }
      coupling = basis.orthogonalise(&next, scale: iteration.scale)
      // A space that A does not lead out of holds a part of every eigenspace.
      if coupling == 0
        || proves(steps: step, highest: highest, lowest: lowest, level: level, size: basis.size)
      {
        return .noneAbove(level)
      }
      basis.append(next, norm: coupling)
    }
    // The level that so many steps do prove, between one that they do not and one far above.
    var (low, high) = (level, level + (highest - lowest) + abs(level))
    for _ in 0..<60 {
      let middle = low + (high - low) / 2
      let isProved = proves(
        steps: Self.maximumSteps, highest: highest, lowest: lowest, level: middle, size: basis.size)
      if isProved { high = middle } else { low = middle }
    }
    return .noneAbove(high)
  }

  /// The inequality above, as logarithms.
  private func proves(steps: Int, highest: Double, lowest: Double, level: Double, size: Int) -> Bool {
    guard highest > lowest, level > highest else { return false }
    let gap = (level - highest) / (highest - lowest)
    let growth = Double(steps - 1) * acosh(1 + 2 * gap)
    // ln Tₙ(x) = ln cosh(n arcosh x).
    let chebyshev = growth + log1p(exp(-2 * growth)) - log(2)
    return 2 * chebyshev + log(gap) > log(Double(size)) - 2 * log(Self.risk)
  }
}
