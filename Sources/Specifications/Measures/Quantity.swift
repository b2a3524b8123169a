import Foundation

/// What an axis shows of a network: a row of the table of quantities, known by its name in specs.
package struct Quantity: Sendable {
  /// How the axis shows the number below it.
  package enum Scale: Sendable {
    case asIs, log10, minusLog10
    /// From natural logarithms.
    case natsToLog10, minusNatsToLog10

    /// The number on the axis, infinite for the logarithm of 0, and NaN where there is none.
    func value(_ number: Double) -> Double {
      switch self {
      case .asIs: number
      case .log10: Foundation.log10(number)
      case .minusLog10: -Foundation.log10(number)
      case .natsToLog10: number / log(10)
      case .minusNatsToLog10: -number / log(10)
      }
    }
  }
  /// Where the number comes from.
  package enum Source: Sendable {
    /// The accuracy on E in %.
    case generalization
    /// The mean cross-entropy on S, in nats.
    case loss
    /// The share of random networks that express f.
    case sampledProbability
    /// The Lempel–Ziv complexity of f on all inputs, in bits.
    case complexity
    /// The error on E in %: 100 less the accuracy.
    case testError
    /// A bound in % on the error of a function that fits S, by a prior or a marginal likelihood.
    case bound(ErrorBound, by: MeasuredValue)
    /// |A|.
    case attackSize
    /// A measurement.
    case measured(MeasuredValue)
    /// How much larger one measurement is than another.
    case difference(MeasuredValue, from: MeasuredValue)
  }
  /// A bound on the error of functions that fit S; its formula is `PACBayesBound`'s.
  package enum ErrorBound: Sendable {
    /// The paper's eq. 4, on one function by its P(f).
    case ofFunction
    /// Of Valle-Pérez & Louis (2020), on functions drawn from the prior among those that fit, by P(S).
    case ofPosterior
  }
  /// The name in specs and identities, such as `log10-prior`.
  package let rawValue: String
  /// The axis label in Pango markup, without the likelihood.
  package let label: String
  /// The quantity in a sentence, without the likelihood.
  package let words: String
  package let scale: Scale
  package let source: Source
  /// The largest number that the axis can have, such as 0 for the logarithm of a probability; nil where there is none.
  package let largest: Double?
  /// Whether it grows with flatness, whichever measure it is of.
  package let isFlatness: Bool

  private init(
    _ rawValue: String, label: String, words: String, scale: Scale = .asIs, source: Source,
    largest: Double? = nil
  ) {
    self.rawValue = rawValue
    self.label = label
    self.words = words
    self.scale = scale
    self.source = source
    self.largest = largest
    isFlatness = false
  }

  private init(_ axis: MeasuredValue.Axis, of value: MeasuredValue) {
    rawValue = axis.name
    label = axis.label
    words = axis.words
    scale = axis.scale
    source = .measured(value)
    largest = axis.largest
    isFlatness = axis.isFlatness
  }

  /// The number on the axis from the one below it; nil where it is not finite.
  package func value(_ number: Double) -> Double? {
    place(number).flatMap { $0.isFinite ? $0 : nil }
  }

  /// Where the axis has a number: its value, or the infinite end of the axis for the logarithm of 0; nil for NaN.
  package func place(_ number: Double) -> Double? {
    let value = scale.value(number)
    return value.isNaN ? nil : value
  }

  /// The values of measurements that the axis is made of; none for what comes with every training.
  package var measured: [MeasuredValue] {
    switch source {
    case .generalization, .testError, .loss, .sampledProbability, .complexity, .attackSize: []
    case .measured(let value), .bound(_, by: let value): [value]
    case .difference(let value, let other): [value, other]
    }
  }

  /// Whether the axis shows a bound on the error.
  package var isBound: Bool { if case .bound = source { true } else { false } }

  /// Whether the number depends on the likelihood.
  package var isByLikelihood: Bool { measured.contains(where: \.isByLikelihood) }
}

/// Quantities are told apart by name.
extension Quantity: Hashable, RawRepresentable, CaseIterable, Codable {
  /// The quantity of a name; nil where there is none.
  package init?(rawValue: String) {
    guard let known = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = known
  }

  package static func == (one: Quantity, other: Quantity) -> Bool { one.rawValue == other.rawValue }
  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }

  /// Those of every training and sample, then those of the measures.
  package static let allCases: [Quantity] =
    [generalization, testError, log10Loss, log10SampledPrior, lempelZivComplexity, attackSize] + ofMeasures
    + [priorError, bound, marginalLikelihoodBound]

  private static let ofMeasures = MeasureDefinition.values.flatMap { value in
    value.axes.map { Quantity($0, of: value) }
  }
}

extension Quantity {
  /// Accuracy on E in %.
  package static let generalization = Quantity(
    "generalization", label: "Generalization accuracy (%)", words: "generalization (%)",
    source: .generalization, largest: 100)
  /// The error on E in %.
  package static let testError = Quantity(
    "test-error", label: "Test error (%)", words: "test error (%)", source: .testError, largest: 100)
  /// The bound of the paper's eq. 4 on the error of f, in %.
  package static let bound = Quantity(
    "bound", label: "Bound of eq. 4 (%)", words: "bound of eq. 4 (%)",
    source: .bound(.ofFunction, by: value(of: log10Prior)))
  /// The bound of Valle-Pérez & Louis (2020) on the error of functions that fit S, in %.
  package static let marginalLikelihoodBound = Quantity(
    "marginal-likelihood-bound", label: "Bound by <i>P</i>(<i>S</i>) (%)", words: "bound by P(S) (%)",
    source: .bound(.ofPosterior, by: value(of: measured("log10-marginal-likelihood"))))
  /// log₁₀ of the mean cross-entropy on S in nats.
  package static let log10Loss = Quantity(
    "log10-loss", label: "log<sub>10</sub> loss on <i>S</i> (nats)", words: "log₁₀ loss on S", scale: .log10,
    source: .loss)
  /// log₁₀ of the share of random networks that express f.
  package static let log10SampledPrior = Quantity(
    "log10-sampled-prior", label: "log<sub>10</sub> <i>P</i>(<i>f</i>), sampled",
    words: "log₁₀ P(f) (sampled)", scale: .log10, source: .sampledProbability, largest: 0)
  /// The Lempel–Ziv complexity of f on all inputs, in bits.
  package static let lempelZivComplexity = Quantity(
    "lempel-ziv-complexity", label: "Lempel–Ziv complexity of <i>f</i> (bits)",
    words: "Lempel–Ziv complexity of f (bits)", source: .complexity)
  /// |A|.
  package static let attackSize = Quantity(
    "attack-size", label: "Attack set size |<i>A</i>|", words: "|A|", source: .attackSize)
  /// log₁₀ P(f).
  package static let log10Prior = measured("log10-prior")
  /// log₁₀ P(f) by importance sampling.
  package static let log10PriorSampled = measured("log10-prior-sampled")
  /// ln P(f) by expectation propagation minus ln P(f) by importance sampling, in nats.
  package static let priorError = Quantity(
    "prior-error", label: "Error of ln <i>P</i>(<i>f</i>) (nats)",
    words: "error of ln P(f) by expectation propagation (nats)",
    source: .difference(value(of: log10Prior), from: value(of: log10PriorSampled)))
  /// −log₁₀ sharpness by the ascent.
  package static let flatness = measured("flatness")
  /// log₁₀ sharpness by the ascent.
  package static let log10Sharpness = measured("log10-sharpness")

  private static func value(of quantity: Quantity) -> MeasuredValue { quantity.measured[0] }

  private static func measured(_ name: String) -> Quantity {
    guard let quantity = ofMeasures.first(where: { $0.rawValue == name }) else {
      preconditionFailure("expected a quantity of the table of measures, got \(name)")
    }
    return quantity
  }
}
