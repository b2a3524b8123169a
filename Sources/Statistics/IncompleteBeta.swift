#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The regularised incomplete beta function I_x(a, b) = ∫₀ˣ tᵃ⁻¹ (1 − t)ᵇ⁻¹ dt / B(a, b).
enum IncompleteBeta {
  /// I_x(a, b) for x in [0, 1], a, b > 0; `complement` is 1 − x, given apart because the caller knows it to
  /// more digits.
  ///
  /// The continued fraction 26.5.8 of Abramowitz & Stegun by the modified Lentz method, on the side of the
  /// mean where it converges fast; the other side follows from I_x(a, b) = 1 − I_{1−x}(b, a).
  static func regularised(_ x: Double, _ a: Double, _ b: Double, complement: Double) -> Double {
    precondition(
      x >= 0 && x <= 1 && a > 0 && b > 0, "expected x in [0, 1] and a, b > 0, got \(x), \(a), \(b)")
    if x == 0 { return 0 }
    if complement == 0 { return 1 }
    if x > (a + 1) / (a + b + 2) { return 1 - regularised(complement, b, a, complement: x) }
    let logFront = a * log(x) + b * log(complement) + lgamma(a + b) - lgamma(a) - lgamma(b)
    return exp(logFront) / (a * continuedFraction(x, a, b))
  }

  /// 1 + d₁/(1 + d₂/(1 + …)), d₂ₘ = m (b − m) x/((a + 2m − 1)(a + 2m)) and
  /// d₂ₘ₊₁ = −(a + m)(a + b + m) x/((a + 2m)(a + 2m + 1)).
  private static func continuedFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    let tiny = 1e-300
    func away(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var fraction = 1.0
    var (c, d) = (1.0, 0.0)
    // O(√max(a, b)) terms are needed; the bound is far above that for any number of points.
    for step in 1...100_000 {
      let m = Double(step / 2)
      let numerator =
        step % 2 == 0
        ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / away(1 + numerator * d)
      c = away(1 + numerator / c)
      fraction *= c * d
      if abs(c * d - 1) < 0x1p-52 { break }
    }
    return fraction
  }
}
