import DatasetDescriptions
import Specifications

/// Reads `costs.yml`.
enum CostsReader {
  static let fileName = "costs.yml"

  /// The findings, in the file's order. Every key may be left out.
  static func findings(_ root: SpecNode) throws(SpecError) -> CostFindings {
    let file = try SpecMapping(root, name: fileName, known: ["first", "epochs", "factors"])
    var findings = CostFindings()
    if file.optional("first") != nil {
      for item in try file.list("first") { findings.firstFigures.append(try item.readText(for: "first")) }
    }
    if file.optional("epochs") != nil {
      for item in try file.list("epochs") { findings.epochs.append(try epochs(item)) }
    }
    if file.optional("factors") != nil {
      let factors = try file.mapping("factors")
      for entry in factors.entries { findings.factors[entry.key] = try factors.number(entry.key, .positive) }
    }
    return findings
  }

  private static func epochs(_ item: SpecNode) throws(SpecError) -> CostFindings.Epochs {
    let row = try SpecMapping(
      item, name: "epochs",
      known: [
        "network", "optimiser", "batchOrder", "datasets", "trainAtLeast", "attackedShareAtLeast",
        "epochs", "perAttackedShare",
      ])
    let isCap = try row.required("epochs").text == "cap"
    return CostFindings.Epochs(
      network: row.optional("network") == nil ? nil : try row.choice("network", what: "network"),
      optimiser: try row.optionalText("optimiser"),
      batchOrder: row.optional("batchOrder") == nil
        ? nil : try row.choice("batchOrder", what: "batch order"),
      datasets: row.optional("datasets") == nil ? nil : try datasets(row),
      trainAtLeast: row.optional("trainAtLeast") == nil ? 0 : try row.integer("trainAtLeast", atLeast: 1),
      attackedShareAtLeast: try notNegative("attackedShareAtLeast", row),
      count: isCap
        ? .cap
        : .about(
          try row.number("epochs", .positive), perAttackedShare: try notNegative("perAttackedShare", row)))
  }

  private static func datasets(_ row: SpecMapping) throws(SpecError) -> [String] {
    let known = DatasetName.allCases.map(\.rawValue) + [DatasetSpec.booleanCubeName]
    var names: [String] = []
    for item in try row.list("datasets") {
      names.append(try item.readName(for: "datasets", what: "data set", among: known.map { ($0, $0) }))
    }
    return names
  }

  /// A number of at least 0; 0 without the key.
  private static func notNegative(_ key: String, _ row: SpecMapping) throws(SpecError) -> Double {
    row.optional(key) == nil ? 0 : try row.number(key, .notNegative)
  }
}
