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
