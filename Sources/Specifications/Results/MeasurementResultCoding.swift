/// Written flat, with the kind beside the values: `{"kind": "prior", "logProbabilityInNats": …}`.
extension MeasurementResult: Codable {
  private enum Kind: String, Codable { case sharpness, prior, hessian, state, timeline, failed }
  private enum CodingKeys: String, CodingKey { case kind, reason }

  /// Reads the kind, then the values beside it.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .sharpness: self = .sharpness(try SharpnessResult(from: decoder))
    case .prior: self = .prior(try PriorResult(from: decoder))
    case .hessian: self = .hessian(try HessianResult(from: decoder))
    case .state: self = .state(try TrainingResult(from: decoder))
    case .timeline: self = .timeline(try TimelineResult(from: decoder))
    case .failed: self = .failed(reason: try container.decode(String.self, forKey: .reason))
    }
  }

  /// Writes the kind and, beside it, the values.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    func write(_ kind: Kind, _ values: any Encodable) throws {
      try container.encode(kind, forKey: .kind)
      try values.encode(to: encoder)
    }
    switch self {
    case .sharpness(let result): try write(.sharpness, result)
    case .prior(let result): try write(.prior, result)
    case .hessian(let result): try write(.hessian, result)
    case .state(let result): try write(.state, result)
    case .timeline(let result): try write(.timeline, result)
    case .failed(let reason):
      try container.encode(Kind.failed, forKey: .kind)
      try container.encode(reason, forKey: .reason)
    }
  }
}
