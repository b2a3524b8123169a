/// How a real output u becomes a label y = ±1: the factor p(y | u) of each point in P(f).
///
/// Both are Φ(y u / √ν) with a noise variance ν: the step is its limit ν → 0.
package enum Likelihood: String, Codable, Sendable, CaseIterable {
  /// The step 1[y u > 0]: the function itself, as the paper's text defines P(f).
  case heaviside
  /// Φ(y u), which equals the step on u plus standard normal noise, so that probit on K is the step on K + I.
  case probit

  /// ν, the variance of the noise that turns the step into this likelihood.
  package var noiseVariance: Double { self == .probit ? 1 : 0 }
}
