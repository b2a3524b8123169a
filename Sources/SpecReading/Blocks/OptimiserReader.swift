import Specifications

/// Reads the block `optimiser` of a run group.
enum OptimiserReader {
  /// The optimiser in `group`, with the hyperparameters that its kind has and no others.
  static func optimiser(_ group: SpecMapping) throws(SpecError) -> OptimiserSpec {
    let kind: OptimiserSpec.Kind = try group.mapping("optimiser").choice("kind", what: "optimiser")
    let optimiser = try group.mapping(
      "optimiser", known: ["kind", "learningRate", "batch", "batchOrder"] + kind.hyperparameters)
    var hyperparameters: [String: Double] = [:]
    for name in kind.hyperparameters { hyperparameters[name] = try hyperparameter(name, optimiser) }
    return OptimiserSpec(
      kind: kind, learningRate: try optimiser.number("learningRate", .positive),
      batch: try batch(optimiser),
      batchOrder: optimiser.optional("batchOrder") == nil
        ? .shuffled : try optimiser.choice("batchOrder", what: "batch order"),
      hyperparameters: hyperparameters.isEmpty ? nil : hyperparameters)
  }

  /// A number of examples, or `all` of them.
  private static func batch(_ optimiser: SpecMapping) throws(SpecError) -> Int? {
    let node = try optimiser.required("batch")
    return node.text == "all" ? nil : try node.readInteger(for: "batch", atLeast: 1)
  }

  private static func hyperparameter(
    _ name: String, _ optimiser: SpecMapping
  ) throws(SpecError) -> Double {
    switch name {
    case "langevinSteps": return Double(try optimiser.integer(name, atLeast: 1))
    case "thermalNoise", "scope", "initialAccumulator": return try optimiser.number(name, .notNegative)
    case "momentum", "beta1", "beta2", "decay":
      let value = try optimiser.number(name, .notNegative)
      guard value < 1 else {
        throw .outOfRange(
          key: name, value: "\(value)", allowed: "at least 0 and below 1",
          at: try optimiser.required(name).location)
      }
      return value
    case "averaging":
      let value = try optimiser.number(name, .positive)
      guard value <= 1 else {
        throw .outOfRange(
          key: name, value: "\(value)", allowed: "above 0 and at most 1",
          at: try optimiser.required(name).location)
      }
      return value
    default: return try optimiser.number(name, .positive)
    }
  }
}
