import Specifications

/// How a quantity is written: on an axis in Pango markup, and in plain sentences.
enum QuantityText {
  /// The axis label in Pango markup; the prior with the likelihood that is drawn.
  static func axisLabel(_ quantity: Quantity, _ likelihood: PriorSettings.Likelihood) -> String {
    switch quantity {
    case .log10SampledPrior: "log<sub>10</sub> <i>P</i>(<i>f</i>), sampled"
    case .lempelZivComplexity: "Lempel–Ziv complexity of <i>f</i> (bits)"
    case .log10Prior: "log<sub>10</sub> <i>P</i>(<i>f</i>), \(name(likelihood)) likelihood"
    case .flatness: "Flatness, −log<sub>10</sub> sharpness"
    case .log10Sharpness: "log<sub>10</sub> sharpness"
    case .log10QuasiNewtonSharpness: "log<sub>10</sub> sharpness by L-BFGS-B"
    case .generalization: "Generalization accuracy (%)"
    case .log10SpectralNorm: "log<sub>10</sub> spectral norm of the Hessian"
    case .spectralFlatness: "Flatness, −log<sub>10</sub> spectral norm"
    case .log10EigenvalueProduct: "log<sub>10</sub> product of top eigenvalues"
    case .productFlatness: "Flatness, −log<sub>10</sub> eigenvalue product"
    case .log10Loss: "log<sub>10</sub> loss on <i>S</i> (nats)"
    }
  }

  /// The quantity in a sentence; the prior with its likelihood.
  static func plain(_ quantity: Quantity, _ likelihood: PriorSettings.Likelihood) -> String {
    switch quantity {
    case .log10SampledPrior: "log₁₀ P(f) (sampled)"
    case .lempelZivComplexity: "Lempel–Ziv complexity of f (bits)"
    case .log10Prior: "log₁₀ P(f) (\(name(likelihood)))"
    case .flatness: "flatness (−log₁₀ sharpness)"
    case .log10Sharpness: "log₁₀ sharpness"
    case .log10QuasiNewtonSharpness: "log₁₀ sharpness by L-BFGS-B"
    case .generalization: "generalization (%)"
    case .log10SpectralNorm: "log₁₀ spectral norm of the Hessian"
    case .spectralFlatness: "flatness (−log₁₀ spectral norm of the Hessian)"
    case .log10EigenvalueProduct: "log₁₀ product of the Hessian's top eigenvalues"
    case .productFlatness: "flatness (−log₁₀ product of the Hessian's top eigenvalues)"
    case .log10Loss: "log₁₀ loss on S"
    }
  }

  /// The quantity in an identifier.
  static func identifier(_ quantity: Quantity, _ likelihood: PriorSettings.Likelihood) -> String {
    quantity == .log10Prior ? "\(quantity.rawValue)-\(likelihood.rawValue)" : quantity.rawValue
  }

  /// The likelihood's name for readers.
  static func name(_ likelihood: PriorSettings.Likelihood) -> String {
    likelihood == .heaviside ? "step" : "probit"
  }
}
