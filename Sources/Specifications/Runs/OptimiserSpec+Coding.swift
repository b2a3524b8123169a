/// Written with the rule's name and its hyperparameters apart: `{"kind": "momentum", "learningRate": 0.01,
/// "batch": 32, "batchOrder": "shuffled", "hyperparameters": {"momentum": 0.9}}`, and the precision where it is
/// not Float32. The keys of stored runs are made from this text.
extension OptimiserSpec: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind, learningRate, batch, batchOrder, hyperparameters, precision
  }

  /// Reads the rule and checks each of its hyperparameters against its bound.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let values = try container.decodeIfPresent([String: Double].self, forKey: .hyperparameters) ?? [:]
    rule = try Rule(try container.decode(Kind.self, forKey: .kind)) { hyperparameter in
      guard let value = values[hyperparameter.rawValue], hyperparameter.bound.contains(value) else {
        throw DecodingError.dataCorruptedError(
          forKey: .hyperparameters, in: container,
          debugDescription: "expected '\(hyperparameter.rawValue)', \(hyperparameter.bound.rawValue)")
      }
      return value
    }
    learningRate = try container.decode(Double.self, forKey: .learningRate)
    batch = try container.decodeIfPresent(Int.self, forKey: .batch)
    batchOrder = try container.decode(BatchOrder.self, forKey: .batchOrder)
    precision = try container.decodeIfPresent(Precision.self, forKey: .precision) ?? .float32
  }

  /// Writes the hyperparameters only where the rule has any, and the precision where it is not Float32.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rule.kind, forKey: .kind)
    try container.encode(learningRate, forKey: .learningRate)
    try container.encodeIfPresent(batch, forKey: .batch)
    try container.encode(batchOrder, forKey: .batchOrder)
    let values = Dictionary(
      uniqueKeysWithValues: rule.hyperparameters.map { ($0.key.rawValue, $0.value) })
    if !values.isEmpty { try container.encode(values, forKey: .hyperparameters) }
    if precision != .float32 { try container.encode(precision, forKey: .precision) }
  }
}
