/// What one measurement found.
package enum MeasurementResult: Equatable, Sendable {
  case sharpness(SharpnessResult)
  case prior(PriorResult)
  case hessian(HessianResult)
  /// A measure that is one number.
  case scalar(MeasureKind, Double)
  /// A measure that is one number with its standard error.
  case estimate(MeasureKind, Double, standardError: Double)
  /// The network at a later epoch.
  case state(TrainingResult)
  case timeline(TimelineResult)
  /// It could not be measured, and why.
  case failed(reason: String)

  /// The measure; nil for what is none of one network, or failed.
  package var kind: MeasureKind? {
    switch self {
    case .sharpness: .sharpness
    case .prior: .prior
    case .hessian: .hessian
    case .scalar(let kind, _), .estimate(let kind, _, _): kind
    case .state, .timeline, .failed: nil
    }
  }

  /// The number of a measure that is one number.
  package var number: Double? {
    switch self {
    case .scalar(_, let value), .estimate(_, let value, _): value
    default: nil
    }
  }

  /// Its standard error, where it has one.
  package var standardError: Double? { if case .estimate(_, _, let error) = self { error } else { nil } }
}

/// Written flat, with the kind beside the values: `{"kind": "prior", "logProbabilityInNats": …}`; one number
/// as `{"kind": …, "value": …}`, with its `standardError` where it has one.
extension MeasurementResult: Codable {
  private enum Other: String, Codable { case state, timeline, failed }
  private enum CodingKeys: String, CodingKey { case kind, reason, value, standardError }

  /// Reads the kind, then the values beside it.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let other = Other(rawValue: try container.decode(String.self, forKey: .kind)) {
      switch other {
      case .state: self = .state(try TrainingResult(from: decoder))
      case .timeline: self = .timeline(try TimelineResult(from: decoder))
      case .failed: self = .failed(reason: try container.decode(String.self, forKey: .reason))
      }
      return
    }
    let kind = try container.decode(MeasureKind.self, forKey: .kind)
    if let structured = Self.structured[kind] {
      self = try structured(decoder)
    } else {
      let value = try container.decode(Double.self, forKey: .value)
      let error = try container.decodeIfPresent(Double.self, forKey: .standardError)
      self = error.map { .estimate(kind, value, standardError: $0) } ?? .scalar(kind, value)
    }
  }

  /// How results of more than one number are read.
  private static let structured: [MeasureKind: @Sendable (any Decoder) throws -> MeasurementResult] = [
    .sharpness: { .sharpness(try SharpnessResult(from: $0)) },
    .prior: { .prior(try PriorResult(from: $0)) },
    .hessian: { .hessian(try HessianResult(from: $0)) },
  ]

  /// Writes the kind and, beside it, the values.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    if let kind { try container.encode(kind, forKey: .kind) }
    switch self {
    case .sharpness(let result): try result.encode(to: encoder)
    case .prior(let result): try result.encode(to: encoder)
    case .hessian(let result): try result.encode(to: encoder)
    case .scalar(_, let value): try container.encode(value, forKey: .value)
    case .estimate(_, let value, let error):
      try container.encode(value, forKey: .value)
      try container.encode(error, forKey: .standardError)
    case .state(let result):
      try container.encode(Other.state, forKey: .kind)
      try result.encode(to: encoder)
    case .timeline(let result):
      try container.encode(Other.timeline, forKey: .kind)
      try result.encode(to: encoder)
    case .failed(let reason):
      try container.encode(Other.failed, forKey: .kind)
      try container.encode(reason, forKey: .reason)
    }
  }
}
