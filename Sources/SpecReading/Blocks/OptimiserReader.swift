import Specifications

/// Reads the block `optimiser` of a run group.
enum OptimiserReader {
  /// The optimiser in `group`, with the hyperparameters that its rule has and no others.
  static func optimiser(_ group: SpecMapping) throws(SpecError) -> OptimiserSpec {
    let kind: OptimiserSpec.Kind = try group.mapping("optimiser").choice("kind", what: "optimiser")
    let optimiser = try group.mapping(
      "optimiser",
      known: ["kind", "learningRate", "batch", "batchOrder", "precision"]
        + kind.hyperparameters.map(\.rawValue))
    let rule = try OptimiserSpec.Rule(kind) { (hyperparameter) throws(SpecError) in
      try optimiser.number(hyperparameter.rawValue, hyperparameter.bound)
    }
    return OptimiserSpec(
      rule: rule, learningRate: try optimiser.number("learningRate", .positive), batch: try batch(optimiser),
      batchOrder: optimiser.optional("batchOrder") == nil
        ? .shuffled : try optimiser.choice("batchOrder", what: "batch order"),
      precision: optimiser.optional("precision") == nil
        ? .float32 : try optimiser.choice("precision", what: "precision"))
  }

  /// Where the precision of `group` is written; nil where it is not.
  static func precisionLocation(_ group: SpecMapping) throws(SpecError) -> SpecLocation? {
    try group.mapping("optimiser").optional("precision")?.location
  }

  /// A number of examples, or `all` of them.
  private static func batch(_ optimiser: SpecMapping) throws(SpecError) -> Int? {
    let node = try optimiser.required("batch")
    return node.text == "all" ? nil : try node.readInteger(for: "batch", atLeast: 1)
  }
}
