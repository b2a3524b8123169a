/// Written flat, with the kind beside the settings: `{"kind": "prior", "kernel": "nngp", …}`.
extension MeasurementSpec: Codable {
  private enum Kind: String, Codable { case sharpness, prior }
  private enum CodingKeys: String, CodingKey { case kind, trace }

  /// Reads the kind, then the settings beside it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .sharpness:
      self = .sharpness(
        try SharpnessSettings(from: decoder), trace: try container.decode(Bool.self, forKey: .trace))
    case .prior: self = .prior(try PriorSettings(from: decoder))
    }
  }

  /// Writes the kind and, beside it, the settings.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .sharpness(let settings, let trace):
      try container.encode(Kind.sharpness, forKey: .kind)
      try container.encode(trace, forKey: .trace)
      try settings.encode(to: encoder)
    case .prior(let settings):
      try container.encode(Kind.prior, forKey: .kind)
      try settings.encode(to: encoder)
    }
  }
}
