/// What an axis shows.
package enum Quantity: String, Sendable, CaseIterable, Codable {
  /// log₁₀ P(f); both likelihoods are in the table, the default one is drawn.
  case log10Prior = "log10-prior"
  /// log₁₀ of the share of random networks that express f.
  case log10SampledPrior = "log10-sampled-prior"
  /// The Lempel–Ziv complexity of f on all inputs, in bits.
  case lempelZivComplexity = "lempel-ziv-complexity"
  /// −log₁₀ sharpness.
  case flatness
  /// log₁₀ sharpness.
  case log10Sharpness = "log10-sharpness"
  /// log₁₀ of the sharpness found by L-BFGS-B.
  case log10QuasiNewtonSharpness = "log10-sharpness-lbfgsb"
  /// Accuracy on E in %.
  case generalization
  /// log₁₀ of the Hessian's spectral norm.
  case log10SpectralNorm = "log10-spectral-norm"
  /// −log₁₀ of the Hessian's spectral norm.
  case spectralFlatness = "spectral-flatness"
  /// log₁₀ of the product of the Hessian's top eigenvalues.
  case log10EigenvalueProduct = "log10-eigenvalue-product"
  /// −log₁₀ of the product of the Hessian's top eigenvalues.
  case productFlatness = "product-flatness"
  /// Mean cross-entropy on S, log₁₀ of nats.
  case log10Loss = "log10-loss"

  /// The quantity that grows with flatness, whichever measure it is of.
  package var isFlatness: Bool { [.flatness, .spectralFlatness, .productFlatness].contains(self) }
}
