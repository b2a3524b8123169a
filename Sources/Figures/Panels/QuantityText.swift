import Planning

/// How a quantity is written: on an axis in Pango markup, and in plain sentences.
enum QuantityText {
  /// The axis label in Pango markup; the prior with the likelihood that is drawn.
  static func axisLabel(_ quantity: Quantity, _ likelihood: PriorSettings.Likelihood) -> String {
    switch quantity {
    case .log10Prior: "log<sub>10</sub> <i>P</i>(<i>f</i>), \(name(likelihood)) likelihood"
    case .flatness: "Flatness, −log<sub>10</sub> sharpness"
    case .log10Sharpness: "log<sub>10</sub> sharpness"
    case .generalization: "Generalization accuracy (%)"
    }
  }

  /// The quantity in a sentence; the prior with its likelihood.
  static func plain(_ quantity: Quantity, _ likelihood: PriorSettings.Likelihood) -> String {
    switch quantity {
    case .log10Prior: "log₁₀ P(f) (\(name(likelihood)))"
    case .flatness: "flatness (−log₁₀ sharpness)"
    case .log10Sharpness: "log₁₀ sharpness"
    case .generalization: "generalization (%)"
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
