package import RandomStreams

/// Flatness in the manner of PAC-Bayes bounds: 1/σ², σ the largest Gaussian noise on all parameters that costs
/// no more than a given part of the accuracy on S (Jiang et al. 2020; Dziugaite et al. 2020).
///
/// Weights and biases wᵢ get noise of deviation σ or, in the magnitude-aware form, σ(|wᵢ| + η). σ is bisected
/// in [0, ``largestDeviation``] until the mean accuracy of ``draws`` draws has fallen by ``drop`` ± ``tolerance``,
/// for at most ``steps`` steps; it is the last one that was tried. Every step takes the same draws, so that the
/// fall is nearly monotone in σ. Where even the largest noise costs less, the value is close to
/// 1/``largestDeviation``².
///
/// The plain form is not invariant to rescaling, of layers or of neurons; the magnitude-aware one is for η = 0,
/// and with η > 0 only as far as η is small beside the weights. In Float32; costs at most ``steps`` · ``draws``
/// + 1 passes forward over S.
package struct NoiseFlatness: Sendable, Equatable {
  /// The part of S that the noise may cost.
  package let drop: Double
  /// How far from it the bisection may end.
  package let tolerance: Double
  /// The largest σ.
  package let largestDeviation: Double
  /// The most steps of the bisection.
  package let steps: Int
  /// Draws for each σ.
  package let draws: Int
  /// η of the magnitude-aware form; nil for the plain one.
  package let offset: Double?

  /// A bisection with these settings, magnitude-aware where there is an `offset`.
  package init(
    drop: Double, tolerance: Double, largestDeviation: Double, steps: Int, draws: Int, offset: Double? = nil
  ) {
    precondition(drop > 0 && tolerance > 0 && largestDeviation > 0, "expected positive settings")
    precondition(steps > 0 && draws > 0, "expected at least one step and one draw")
    self.drop = drop
    self.tolerance = tolerance
    self.largestDeviation = largestDeviation
    self.steps = steps
    self.draws = draws
    self.offset = offset
  }

  /// 1/σ² for a network on S.
  ///
  /// - Parameters:
  ///   - key: the stream of the noise.
  ///   - isCancelled: asked before each step.
  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` or ``FlatnessError/searchCancelled(iteration:)``.
  package func measure(
    of problem: any MeasuredProblem, key: RandomKey, isCancelled: () -> Bool = { false }
  ) throws(FlatnessError) -> Double {
    let offset = offset.map { Float($0) }
    let noisy = NoisyNetwork(
      problem, key: key, isRepeated: true, deviation: { weight in offset.map { abs(weight) + $0 } ?? 1 })
    // An accuracy hides a logit that is no number.
    _ = try FlatnessError.finite(noisy.loss())
    let accuracy = try noisy.accuracy()
    var (low, high) = (0.0, largestDeviation)
    var deviation = high
    for step in 1...steps {
      if isCancelled() { throw .searchCancelled(iteration: step) }
      deviation = (low + high) / 2
      var kept = 0.0
      for draw in 0..<draws {
        noisy.move(by: Float(deviation), draw: draw)
        kept += try noisy.accuracy()
      }
      let fall = accuracy - kept / Double(draws)
      if abs(fall - drop) <= tolerance { break }
      if fall > drop { high = deviation } else { low = deviation }
    }
    return 1 / (deviation * deviation)
  }
}
