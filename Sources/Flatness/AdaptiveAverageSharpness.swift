package import RandomStreams

/// The mean rise of the loss on S under Gaussian noise in proportion to each parameter: adaptive average-case
/// sharpness (Andriushchenko et al. 2023),
///
///     E[L(w + δ)] − L(w),   δ ~ N(0, ρ² diag(w²)), weights and biases alike,
///
/// as the mean over ``draws`` draws with its standard error. ρ |wᵢ| is the noise's deviation, not its variance.
///
/// w + δ = w (1 + ρ z), so the value is invariant to rescaling, of layers and of neurons, draw by draw but for
/// rounding. It may be negative. In Float32, with sums in Float64; costs ``draws`` + 1 passes forward over S.
package struct AdaptiveAverageSharpness: Sendable, Equatable {
  /// A mean with its standard error, in nats.
  package struct Estimate: Sendable, Equatable {
    package let value: Double
    package let standardError: Double
  }
  /// ρ.
  package let radius: Double
  /// How many draws, at least 2.
  package let draws: Int

  /// A mean over `draws` draws of relative deviation ρ = `radius`.
  package init(radius: Double, draws: Int) {
    precondition(radius > 0, "expected a positive radius, got \(radius)")
    precondition(draws >= 2, "expected at least 2 draws, got \(draws)")
    self.radius = radius
    self.draws = draws
  }

  /// The value for a network on S.
  ///
  /// - Parameters:
  ///   - key: the stream of the noise.
  ///   - isCancelled: asked before each draw.
  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` or ``FlatnessError/searchCancelled(iteration:)``, which
  ///   count draws.
  package func measure(
    of problem: any MeasuredProblem, key: RandomKey, isCancelled: () -> Bool = { false }
  ) throws(FlatnessError) -> Estimate {
    let noisy = NoisyNetwork(problem, key: key, deviation: { abs($0) })
    let loss = try FlatnessError.finite(noisy.loss())
    var rises: [Double] = []
    for draw in 0..<draws {
      if isCancelled() { throw .searchCancelled(iteration: draw) }
      noisy.move(by: Float(radius), draw: draw)
      rises.append(try FlatnessError.finite(noisy.loss(), step: draw + 1) - loss)
    }
    let mean = rises.reduce(0, +) / Double(draws)
    let variance = rises.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws - 1)
    return Estimate(value: mean, standardError: (variance / Double(draws)).squareRoot())
  }
}
