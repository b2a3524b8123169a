/// Written flat, with the kind beside the values: `{"kind": "prior", "logProbabilityInNats": …}`.
extension MeasurementResult: Codable {
  private enum Kind: String, Codable { case sharpness, prior, failed }
  private enum CodingKeys: String, CodingKey { case kind, reason }

  /// Reads the kind, then the values beside it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    switch try container.decode(Kind.self, forKey: .kind) {
    case .sharpness: self = .sharpness(try SharpnessResult(from: decoder))
    case .prior: self = .prior(try PriorResult(from: decoder))
    case .failed: self = .failed(reason: try container.decode(String.self, forKey: .reason))
    }
  }

  /// Writes the kind and, beside it, the values.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .sharpness(let result):
      try container.encode(Kind.sharpness, forKey: .kind)
      try result.encode(to: encoder)
    case .prior(let result):
      try container.encode(Kind.prior, forKey: .kind)
      try result.encode(to: encoder)
    case .failed(let reason):
      try container.encode(Kind.failed, forKey: .kind)
      try container.encode(reason, forKey: .reason)
    }
  }
}
