/// A measure by its name in records: `{"kind": "prior", …}`.
package enum MeasureKind: String, Codable, Sendable, CaseIterable {
  case sharpness, prior, hessian
  case sampledPrior = "prior-sampled"
  case marginalLikelihood = "marginal-likelihood"
  case hessianTrace = "hessian-trace"
  case samSharpness = "sam-sharpness"
  case adaptiveSAMSharpness = "adaptive-sam-sharpness"
  case adaptiveWorstSharpness = "adaptive-worst-sharpness"
  case adaptiveAverageSharpness = "adaptive-average-sharpness"
  case relativeFlatness = "relative-flatness"
  case fisherRaoNorm = "fisher-rao-norm"
  case pacBayesFlatness = "pac-bayes-flatness"
  case magnitudeAwarePACBayesFlatness = "magnitude-aware-pac-bayes-flatness"
  case weightNorm = "weight-norm"
  case pathNorm = "path-norm"
  case margin
}

/// What is measured on one trained network; when, a ``Schedule`` says. Generalization and f come with every
/// training and are no measurement.
package enum Measure: Hashable, Sendable {
  /// Keskar et al.'s sharpness in a box; with `trace`, the running maximum after every ascent step is kept.
  case sharpness(SharpnessSettings, trace: Bool)
  /// log P(f) under a Gaussian-process prior, by expectation propagation.
  case prior(PriorSettings)
  /// The same by importance sampling, with a standard error.
  case sampledPrior(PriorSettings)
  /// log P(S) under the prior: the probability of the labels of S alone, by expectation propagation.
  case marginalLikelihood(PriorSettings)
  /// The top of the spectrum of the loss's Hessian on S.
  case hessian(HessianSettings)
  /// The trace of the loss's Hessian on S.
  case hessianTrace
  /// A measure that is one number, by the constants of its row of Table 1.
  case tabled(TabledMeasure)
}

extension Measure {
  /// Which measure this is, whatever its settings.
  package var kind: MeasureKind {
    switch self {
    case .sharpness: .sharpness
    case .prior: .prior
    case .sampledPrior: .sampledPrior
    case .marginalLikelihood: .marginalLikelihood
    case .hessian: .hessian
    case .hessianTrace: .hessianTrace
    case .tabled(let measure): measure.kind
    }
  }

  /// The part of ``name`` before the slash: which of the measure's forms this is.
  package var form: String {
    guard case .sharpness(let settings, let trace) = self else { return kind.rawValue }
    return "sharpness\(trace ? "-trace" : "")\(settings.method == .sgd ? "" : "-\(settings.method.rawValue)")"
  }

  /// The name in specs and at the head of an identity, such as `sharpness-lbfgsb/mnist-fcn`.
  package var name: String {
    switch self {
    case .sharpness(let settings, _): "\(form)/\(settings.row)"
    case .prior(let settings), .sampledPrior(let settings), .marginalLikelihood(let settings):
      "\(form)/\(settings.likelihood.rawValue)"
    case .hessian(let settings): "\(form)/\(settings.top)"
    case .hessianTrace, .tabled: form
    }
  }

  /// The settings of a prior by expectation propagation; nil for any other measure.
  package var prior: PriorSettings? { if case .prior(let settings) = self { settings } else { nil } }

  /// The Gaussian process and the likelihood of a prior, however it is computed and of whatever points; nil for
  /// any other measure.
  package var process: PriorSettings? {
    switch self {
    case .prior(let settings), .sampledPrior(let settings), .marginalLikelihood(let settings): settings
    default: nil
    }
  }

  /// Whether it depends on S and the Gaussian process alone, so that one computation is that of every network.
  package var isOfDataAlone: Bool { kind == .marginalLikelihood }

  /// The settings of a sharpness; nil for any other measure.
  package var sharpness: SharpnessSettings? {
    if case .sharpness(let settings, _) = self { settings } else { nil }
  }

  /// Whether `other` would fill the same columns of a table and the same axes: sharpness by one method in two
  /// boxes, two parts of one spectrum, or one prior by two names.
  package func fillsSameColumns(as other: Measure) -> Bool {
    form == other.form && (process == nil || self == other)
  }
}

/// Written flat, with the kind beside the settings: `{"kind": "prior", "kernel": "nngp", …}`.
extension Measure: Codable {
  private enum CodingKeys: String, CodingKey { case kind, trace }

  /// Reads the kind, then the settings beside it.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let kind = try container.decode(MeasureKind.self, forKey: .kind)
    switch kind {
    case .sharpness:
      self = .sharpness(
        try SharpnessSettings(from: decoder), trace: try container.decode(Bool.self, forKey: .trace))
    case .prior: self = .prior(try PriorSettings(from: decoder))
    case .sampledPrior: self = .sampledPrior(try PriorSettings(from: decoder))
    case .marginalLikelihood: self = .marginalLikelihood(try PriorSettings(from: decoder))
    case .hessian: self = .hessian(try HessianSettings(from: decoder))
    case .hessianTrace: self = .hessianTrace
    case .samSharpness, .adaptiveSAMSharpness, .adaptiveWorstSharpness, .adaptiveAverageSharpness,
      .relativeFlatness, .fisherRaoNorm, .pacBayesFlatness, .magnitudeAwarePACBayesFlatness, .weightNorm,
      .pathNorm, .margin:
      self = .tabled(try TabledMeasure(kind, from: decoder))
    }
  }

  /// Writes the kind and, beside it, the settings.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    switch self {
    case .sharpness(let settings, let trace):
      try container.encode(trace, forKey: .trace)
      try settings.encode(to: encoder)
    case .prior(let settings), .sampledPrior(let settings), .marginalLikelihood(let settings):
      try settings.encode(to: encoder)
    case .hessian(let settings): try settings.encode(to: encoder)
    case .hessianTrace: break
    case .tabled(let measure): try measure.encode(to: encoder)
    }
  }
}
