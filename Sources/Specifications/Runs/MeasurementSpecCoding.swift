/// Written flat, with the kind beside the settings: `{"kind": "prior", "kernel": "nngp", …}`.
extension MeasurementSpec: Codable {
  private enum Kind: String, Codable { case sharpness, prior, hessian, state, later, timeline }
  private enum CodingKeys: String, CodingKey { case kind, trace, epochs, measurement }

  /// Reads the kind, then the settings beside it.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .sharpness:
      self = .sharpness(
        try SharpnessSettings(from: decoder), trace: try container.decode(Bool.self, forKey: .trace))
    case .prior: self = .prior(try PriorSettings(from: decoder))
    case .hessian: self = .hessian(try HessianSettings(from: decoder))
    case .state: self = .state
    case .later:
      self = .later(
        epochs: try container.decode(Int.self, forKey: .epochs),
        try container.decode(MeasurementSpec.self, forKey: .measurement))
    case .timeline: self = .timeline(try TimelineSettings(from: decoder))
    }
  }

  /// Writes the kind and, beside it, the settings.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    func write(_ kind: Kind, _ settings: (any Encodable)? = nil) throws {
      try container.encode(kind, forKey: .kind)
      try settings?.encode(to: encoder)
    }
    switch self {
    case .sharpness(let settings, let trace):
      try container.encode(trace, forKey: .trace)
      try write(.sharpness, settings)
    case .prior(let settings): try write(.prior, settings)
    case .hessian(let settings): try write(.hessian, settings)
    case .state: try write(.state)
    case .later(let epochs, let measurement):
      try container.encode(epochs, forKey: .epochs)
      try container.encode(measurement, forKey: .measurement)
      try write(.later)
    case .timeline(let settings): try write(.timeline, settings)
    }
  }
}
