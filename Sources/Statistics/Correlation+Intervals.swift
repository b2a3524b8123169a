#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Correlation {
  /// Fisher's interval of Pearson's r; [−1, 1] at n ≤ 3.
  static func fisherInterval(_ r: Double, n: Int, level: Double) -> ConfidenceInterval {
    precondition(level > 0 && level < 1, "expected a level in (0, 1), got \(level)")
    guard n > 3 else { return ConfidenceInterval(lower: -1, upper: 1, level: level) }
    guard abs(r) < 1 else { return ConfidenceInterval(lower: r, upper: r, level: level) }
    let margin = NormalQuantile.value(0.5 + level / 2) / Double(n - 3).squareRoot()
    return ConfidenceInterval(lower: tanh(atanh(r) - margin), upper: tanh(atanh(r) + margin), level: level)
  }

  /// Bonett & Wright's interval of Spearman's ρ, extended to n ≤ 3 and |ρ| = 1 as
  /// ``spearman(_:_:level:resamples:key:)`` says.
  static func rankInterval(_ rho: Double, n: Int, level: Double) -> ConfidenceInterval {
    guard n > 3 else { return ConfidenceInterval(lower: -1, upper: 1, level: level) }
    let size = Double(n)
    let isPerfect = abs(rho) >= 1
    let centre = isPerfect ? rho * (1 - 12 / (size * (size * size - 1))) : rho
    let deviation = ((1 + centre * centre / 2) / (size - 3)).squareRoot()
    let margin = NormalQuantile.value(0.5 + level / 2) * deviation
    let lower = tanh(atanh(centre) - margin)
    let upper = tanh(atanh(centre) + margin)
    return ConfidenceInterval(
      lower: isPerfect && rho < 0 ? -1 : lower, upper: isPerfect && rho > 0 ? 1 : upper, level: level)
  }
}

/// The standard normal's quantile function.
enum NormalQuantile {
  /// z with Φ(z) = p, for p in [½, 1).
  ///
  /// Newton's method on log(1 − Φ(z)), which is concave, so that it converges from 0 on without overshooting
  /// past the root more than once.
  static func value(_ p: Double) -> Double {
    precondition(p >= 0.5 && p < 1, "expected p in [½, 1), got \(p)")
    let target = log(1 - p)
    var z = 0.0
    for _ in 0..<100 {
      let upper = 0.5 * erfc(z * 0.5.squareRoot())
      let hazard = exp(-0.5 * z * z) / (2 * Double.pi).squareRoot() / upper
      let step = (log(upper) - target) / hazard
      z += step
      if abs(step) <= 1e-15 * max(1, z) { break }
    }
    return z
  }
}
