/// One quantity measured on a trained network. Generalization and f come with every training.
public enum MeasurementSpec: Codable, Hashable, Sendable {
  /// Keskar et al.'s sharpness in a box; with `trace`, the running maximum after every ascent step is kept.
  case sharpness(SharpnessSettings, trace: Bool)
  /// log P(f) under a Gaussian-process prior.
  case prior(PriorSettings)
}

/// One row of the paper's Table 1.
public struct SharpnessSettings: Codable, Hashable, Sendable {
  public enum Method: String, Codable, Hashable, Sendable, CaseIterable { case sgd }
  /// The row's name, such as `mnist-fcn`.
  public var row: String
  public var method: Method
  /// ζ: the box is |w'ᵢ − wᵢ| ≤ ζ(|wᵢ| + 1).
  public var box: Double
  public var batch: Int
  public var learningRate: Double
  public var epochs: Int

  public init(row: String, method: Method, box: Double, batch: Int, learningRate: Double, epochs: Int) {
    self.row = row
    self.method = method
    self.box = box
    self.batch = batch
    self.learningRate = learningRate
    self.epochs = epochs
  }
}

/// The Gaussian-process prior and the likelihood by which P(f) is computed.
public struct PriorSettings: Codable, Hashable, Sendable {
  public enum Kernel: String, Codable, Hashable, Sendable, CaseIterable { case nngp }
  public enum Likelihood: String, Codable, Hashable, Sendable, CaseIterable { case heaviside, probit }
  public var kernel: Kernel
  public var likelihood: Likelihood
  /// σ_w².
  public var weightVariance: Double
  /// σ_b².
  public var biasVariance: Double

  public init(kernel: Kernel, likelihood: Likelihood, weightVariance: Double, biasVariance: Double) {
    self.kernel = kernel
    self.likelihood = likelihood
    self.weightVariance = weightVariance
    self.biasVariance = biasVariance
  }
}
