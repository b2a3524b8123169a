#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The site that gives a point's marginal the moments of cavity times true factor Φ(y u/√ν); Rasmussen &
/// Williams (2006), eq. 3.58, with the cavity's parameters cancelled from it by hand:
///
///     s = q/(ν + σ₋² (1 − q)),  ν̃ = y √(ν + σ₋²) (z + r − z (1 − q))/(ν + σ₋² (1 − q)),  z = y m/√(ν +
///     σ₋²).
struct TiltedSite {
  /// s.
  let precision: Double
  /// ν̃.
  let shift: Double
  /// log Φ(z), the log of the tilted mass.
  let logMass: Double

  /// - Parameters:
  ///   - sign: y = ±1.
  ///   - noise: ν.
  init(sign: Double, cavityMean: Double, cavityVariance: Double, noise: Double) {
    let spread = (noise + cavityVariance).squareRoot()
    let z = sign * cavityMean / spread
    let tail = NormalTail(z)
    let scale = noise + cavityVariance * tail.remainingVariance
    precision = tail.removedVariance / scale
    shift = sign * spread * (tail.shiftedRatio - z * tail.remainingVariance) / scale
    logMass = tail.logProbability
  }
}

/// The standard normal's log Φ(z), ratio r = φ(z)/Φ(z), and what is left of a variance after truncation, at
/// full relative precision for every z.
///
/// A normal variable with its tail cut off at −z has mean r and variance 1 − q, with q = r (z + r). For z ≪ 0
/// both z + r ≈ −1/z and 1 − q ≈ 1/z² are differences of nearly equal numbers, so they come from Laplace's
/// continued fraction of the Mills ratio (Abramowitz & Stegun 26.2.14), with t = −z:
///
///     r = t + u,  u = 1/(t + c),  c = 2/(t + 3/(t + 4/(t + …))),  1 − q = (c − u)/(t + c).
struct NormalTail {
  /// log Φ(z).
  let logProbability: Double
  /// r = φ(z)/Φ(z).
  let ratio: Double
  /// u = z + r, positive.
  let shiftedRatio: Double
  /// q = r (z + r), in (0, 1).
  let removedVariance: Double
  /// 1 − q, in (0, 1).
  let remainingVariance: Double

  /// Below −2 the continued fraction is used, where 100 terms leave an error of about exp(−4 √200) = 1e-24;
  /// above, the differences lose at most t⁴ = 16 roundings.
  private static let continuedFractionBound = -2.0
  private static let terms = 100

  init(_ z: Double) {
    let halfLogTwoPi = 0.918_938_533_204_672_74
    if z < Self.continuedFractionBound {
      let t = -z
      var c = 0.0
      for k in stride(from: Self.terms, through: 2, by: -1) { c = Double(k) / (t + c) }
      let u = 1 / (t + c)
      ratio = t + u
      shiftedRatio = u
      remainingVariance = (c - u) / (t + c)
      removedVariance = 1 - remainingVariance
      logProbability = -0.5 * z * z - halfLogTwoPi - log(ratio)
    } else {
      let complement = 0.5 * erfc(z * 0.5.squareRoot())
      let probability = 0.5 * erfc(-z * 0.5.squareRoot())
      ratio = exp(-0.5 * z * z - halfLogTwoPi) / probability
      shiftedRatio = z + ratio
      removedVariance = ratio * shiftedRatio
      remainingVariance = 1 - removedVariance
      logProbability = z > 0 ? log1p(-complement) : log(probability)
    }
  }
}
