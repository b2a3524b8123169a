/// The Gaussian-process prior and the likelihood by which P(f) is computed.
public struct PriorSettings: Codable, Hashable, Sendable {
  /// How the covariance of the Gaussian process is computed.
  public enum Kernel: String, Codable, Hashable, Sendable, CaseIterable { case nngp }
  /// How a function value becomes a label: a step, or Φ.
  public enum Likelihood: String, Codable, Hashable, Sendable, CaseIterable { case heaviside, probit }
  /// How the covariance is computed.
  public var kernel: Kernel
  /// How a function value becomes a label.
  public var likelihood: Likelihood
  /// σ_w².
  public var weightVariance: Double
  /// σ_b².
  public var biasVariance: Double

  /// The settings of one prior.
  public init(kernel: Kernel, likelihood: Likelihood, weightVariance: Double, biasVariance: Double) {
    self.kernel = kernel
    self.likelihood = likelihood
    self.weightVariance = weightVariance
    self.biasVariance = biasVariance
  }
}
