/// The Gaussian-process prior and the likelihood by which P(f) is computed.
package struct PriorSettings: Codable, Hashable, Sendable {
  /// How the covariance of the Gaussian process is computed.
  package enum Kernel: String, Codable, Hashable, Sendable, CaseIterable {
    /// The closed form for infinitely wide fully connected networks.
    case nngp
    /// The mean over random initialisations of the network itself.
    case monteCarlo = "monte-carlo"
  }
  /// How a function value becomes a label: a step, or Φ.
  package enum Likelihood: String, Codable, Hashable, Sendable, CaseIterable { case heaviside, probit }
  /// How the covariance is computed.
  package var kernel: Kernel
  /// How a function value becomes a label.
  package var likelihood: Likelihood
  /// σ_w².
  package var weightVariance: Double
  /// σ_b².
  package var biasVariance: Double
  /// Initialisations for each of the |S| + |E| points; nil for a kernel in closed form.
  package var initialisationsPerPoint: Double?

  /// The settings of one prior.
  package init(
    kernel: Kernel, likelihood: Likelihood, weightVariance: Double, biasVariance: Double,
    initialisationsPerPoint: Double? = nil
  ) {
    self.kernel = kernel
    self.likelihood = likelihood
    self.weightVariance = weightVariance
    self.biasVariance = biasVariance
    self.initialisationsPerPoint = initialisationsPerPoint
  }

  /// M, the number of initialisations for `points` points: at least 2, so that its error can be told; nil for
  /// a kernel in closed form.
  package func initialisations(points: Int) -> Int? {
    initialisationsPerPoint.map { max(2, Int(($0 * Double(points)).rounded())) }
  }
}
