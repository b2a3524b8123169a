#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
