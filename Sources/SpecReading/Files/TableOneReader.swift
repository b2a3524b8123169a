import DatasetDescriptions
import Specifications

/// Reads `table1.yml`.
enum TableOneReader {
  /// The rows, in the file's order.
  static func rows(_ root: SpecNode) throws(SpecError) -> [TableOneRow] {
    let file = try SpecMapping(root, name: "table1", known: ["rows", "measures"])
    var rows: [TableOneRow] = []
    for entry in try file.mapping("rows").entries {
      let row = try SpecMapping(
        entry.value, name: "rows.\(entry.key)", known: ["method", "box", "batch", "learningRate", "epochs"])
      guard
        let subject = subjects.first(where: { entry.key == $0.name || entry.key.hasPrefix("\($0.name)-") })
      else {
        throw .unknown(
          what: "data set and network", found: entry.key, known: subjects.map(\.name),
          at: entry.value.location)
      }
      let method: SharpnessSettings.Method =
        row.optional("method") == nil ? .sgd : try row.choice("method", what: "method")
      if subject.network != .fcn, method != .sgd {
        throw .outOfRange(
          key: "method", value: method.rawValue,
          allowed: "\(SharpnessSettings.Method.sgd.rawValue) for \(subject.network.rawValue)",
          at: try row.required("method").location)
      }
      let settings = SharpnessSettings(
        row: entry.key, method: method, box: try box(of: row, subject.network),
        batch: try row.integer("batch", atLeast: 1),
        learningRate: try row.number("learningRate", .positive),
        epochs: try row.integer("epochs", atLeast: 1))
      let sources = row.entries.filter { !$0.value.sources.isEmpty }.map { ($0.key, $0.value.sources) }
      rows.append(
        TableOneRow(
          inputs: subject.inputs, network: subject.network, settings: settings,
          sources: Dictionary(uniqueKeysWithValues: sources)))
    }
    return rows
  }

  /// The constants of the measures that have any, in the file's order; each measure's row has its name.
  static func measures(_ root: SpecNode) throws(SpecError) -> [MeasureRow] {
    let file = try SpecMapping(root, name: "table1")
    guard file.optional("measures") != nil else { return [] }
    var rows: [MeasureRow] = []
    for entry in try file.mapping("measures").entries {
      let known = MeasureDefinition.all.filter { !$0.constants.isEmpty }
      guard let definition = known.first(where: { $0.kind.rawValue == entry.key }) else {
        throw .unknown(
          what: "measure with constants", found: entry.key, known: known.map(\.kind.rawValue),
          at: entry.keyLocation)
      }
      let row = try SpecMapping(
        entry.value, name: "measures.\(entry.key)", known: definition.constants.map(\.rawValue))
      var constants: [TabledMeasure.Constant: Double] = [:]
      var sources: [TabledMeasure.Constant: [String]] = [:]
      for constant in definition.constants {
        constants[constant] = try row.number(constant.rawValue, constant.bound)
        let tags = try row.required(constant.rawValue).sources
        sources[constant] = tags.isEmpty ? nil : tags
      }
      rows.append(MeasureRow(measure: TabledMeasure(definition.kind, constants), sources: sources))
    }
    return rows
  }

  /// ζ, not smaller than the arithmetic of the network's searches resolves.
  private static func box(of row: SpecMapping, _ network: NetworkSpec.Kind) throws(SpecError) -> Double {
    let box = try row.number("box", .positive)
    guard box < network.smallestBox else { return box }
    let node = try row.required("box")
    throw .outOfRange(
      key: "box", value: try node.readText(for: "box"),
      allowed: "\(network.smallestBox) or more: numbers this close are rounded to one", at: node.location)
  }

  /// What a row may be for, by what its name begins with, such as `mnist-fcn`.
  private static var subjects: [(name: String, inputs: TableOneRow.Inputs, network: NetworkSpec.Kind)] {
    let inputs: [(String, TableOneRow.Inputs)] =
      [("boolean", .booleanCube)] + DatasetName.allCases.map { ($0.rawValue, .images($0)) }
    return inputs.flatMap { name, inputs in
      NetworkSpec.Kind.allCases.map { ("\(name)-\($0.rawValue)", inputs, $0) }
    }
  }
}
