import Specifications

/// The text of a quantity, with the likelihood if it depends on one.
enum QuantityText {
  /// The axis label in Pango markup; the prior with the likelihood that is drawn.
  static func axisLabel(_ quantity: Quantity, _ likelihood: PriorSettings.Likelihood) -> String {
    quantity.isByLikelihood ? "\(quantity.label), \(name(likelihood)) likelihood" : quantity.label
  }

  /// The quantity in a sentence; the prior with its likelihood.
  static func plain(_ quantity: Quantity, _ likelihood: PriorSettings.Likelihood) -> String {
    quantity.isByLikelihood ? "\(quantity.words) (\(name(likelihood)))" : quantity.words
  }

  /// The quantity in an identifier.
  static func identifier(_ quantity: Quantity, _ likelihood: PriorSettings.Likelihood) -> String {
    quantity.isByLikelihood ? "\(quantity.rawValue)-\(likelihood.rawValue)" : quantity.rawValue
  }

  /// The likelihood's name for readers.
  static func name(_ likelihood: PriorSettings.Likelihood) -> String {
    likelihood == .heaviside ? "step" : "probit"
  }
}
