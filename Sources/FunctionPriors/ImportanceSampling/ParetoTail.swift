#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The largest min(N/5, 3√N) of N weights: what a generalised Pareto distribution says of the weights that did not come up
/// (Zhang & Stephens 2009; Vehtari et al. 2024).
struct ParetoTail {
  /// k of that distribution: from ½ on the weights have no variance; +∞ where they are too few to tell, −∞ where they
  /// are equal up to rounding.
  let shape: Double
  /// What the mean owes to these weights being larger than the others, relative to it.
  let share: Double

  /// Whether the standard error can be relied on: with k above 0.7 it cannot, unless all that the tail holds is less than
  /// a hundredth of the mean.
  var isHarmless: Bool { shape <= 0.7 || share <= 0.01 }

  /// The tail of weights that are given by their logarithms.
  init(logWeights: [Double]) {
    let size = min(logWeights.count / 5, Int(3 * Double(logWeights.count).squareRoot()))
    guard size >= 5, let largest = logWeights.max() else {
      (shape, share) = (.infinity, 1)
      return
    }
    let sorted = logWeights.sorted().map { exp($0 - largest) }
    let cutoff = sorted[sorted.count - size - 1]
    let excesses = sorted.suffix(size).map { $0 - cutoff }
    share = excesses.reduce(0, +) / sorted.reduce(0, +)
    guard share > 1e-12 else {
      shape = -.infinity
      return
    }
    // A few weights far above all others.
    guard let quartile = excesses.dropFirst((size - 2) / 4).first, quartile > 1e-12 else {
      shape = .infinity
      return
    }
    shape = Self.shape(excesses, quartile: quartile)
  }

  /// k by Zhang and Stephens's posterior mean, with a prior towards ½ that is worth ten weights.
  private static func shape(_ excesses: [Double], quartile: Double) -> Double {
    let (size, last) = (excesses.count, excesses[excesses.count - 1])
    let count = 30 + Int(Double(size).squareRoot())
    let candidates = (1...count).map { (j: Int) -> Double in
      let root = (Double(count) / (Double(j) - 0.5)).squareRoot()
      return 1 / last + (1 - root) / (3 * quartile)
    }
    func shape(_ b: Double) -> Double { excesses.reduce(0) { $0 + log1p(-b * $1) } / Double(size) }
    let likelihoods = candidates.map { b in
      let k = shape(b)
      return Double(size) * (log(-b / k) - k - 1)
    }
    let best = likelihoods.max() ?? 0
    let weights = likelihoods.map { exp($0 - best) }
    let b = zip(candidates, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    return (shape(b) * Double(size) + 5) / Double(size + 10)
  }
}
