import Foundation
package import Specifications

/// Reads what was accepted of figures: `figures/accepted/fig*.yml`, one file a figure.
package enum AcceptedReader {
  /// The name of the folder among the specs.
  package static let folderName = "accepted"

  /// The name of the file of the figure `id`, such as `fig3.yml`.
  package static func fileName(of id: String) -> String { "fig\(id).yml" }

  /// Every file of `folder`, by name; nothing where there is no such folder.
  ///
  /// - Throws: ``SpecError`` with file, line and column of the first mistake.
  package static func figures(folder: String) throws(SpecError) -> [AcceptedFigure] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder) else { return [] }
    guard isFolder.boolValue, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      throw .unreadable(path: folder, reason: "it is not a folder that can be listed")
    }
    var figures: [AcceptedFigure] = []
    for name in names.sorted() where name.hasSuffix(".yml") {
      let path = "\(folder)/\(name)"
      figures.append(try figure(text: SpecText.read(path), file: path))
    }
    return figures
  }

  /// The file with this text; its name must be that of its figure.
  ///
  /// - Throws: ``SpecError`` with file, line and column of the first mistake.
  package static func figure(text: String, file: String) throws(SpecError) -> AcceptedFigure {
    let name = URL(fileURLWithPath: file).lastPathComponent
    let root = try SpecMapping(
      SpecDocument.root(text: text, file: file), name: name, known: ["figure", "accepted"])
    let id = try root.text("figure")
    guard fileName(of: id) == name else {
      throw .wrongType(
        key: "figure", expected: "the figure that the file is named after", found: "'\(id)'",
        at: try root.required("figure").location)
    }
    var entries: [AcceptedEntry] = []
    for item in try root.list("accepted") { entries.append(try entry(item, file: name)) }
    return AcceptedFigure(figure: id, entries: entries)
  }

  private static func entry(_ node: SpecNode, file: String) throws(SpecError) -> AcceptedEntry {
    let kinds = AcceptedEntry.Kind.allCases
    let entry = try SpecMapping(
      node, name: "accepted",
      known: ["reason", "who", "date", "profile", "old", "new", "statistics"] + kinds.map(\.rawValue))
    var texts: [AcceptedEntry.Kind: [AcceptedChange<String>]] = [:]
    for kind in kinds where entry.optional(kind.rawValue) != nil {
      texts[kind] = try changes(entry.mapping(kind.rawValue)) { node throws(SpecError) in
        try node.readText(for: kind.rawValue)
      }
    }
    let place = SpecLocation(file: file, line: entry.location.line, column: entry.location.column)
    return AcceptedEntry(
      reason: try entry.text("reason"), who: try entry.text("who"), date: try entry.text("date"),
      profile: try entry.choice("profile", what: "profile", as: Profile.self).rawValue,
      old: try report(entry.mapping("old", known: ["version", "digest"])),
      new: try report(entry.mapping("new", known: ["version", "digest"])), texts: texts,
      statistics: entry.optional("statistics") == nil
        ? []
        : try changes(entry.mapping("statistics")) { node throws(SpecError) in try statistic(node) },
      place: place.description)
  }

  private static func report(_ mapping: SpecMapping) throws(SpecError) -> AcceptedEntry.Report {
    AcceptedEntry.Report(version: try mapping.text("version"), digest: try mapping.text("digest"))
  }

  /// What changes, by name: `old` and `new`, either of which may be absent, and a tolerance.
  private static func changes<Value>(
    _ section: SpecMapping, read: (SpecNode) throws(SpecError) -> Value
  ) throws(SpecError) -> [AcceptedChange<Value>] {
    var changes: [AcceptedChange<Value>] = []
    for item in section.entries {
      let change = try SpecMapping(
        item.value, name: "\(section.name).\(item.key)", known: ["old", "new", "tolerance", "columns"])
      let (old, new) = (change.optional("old"), change.optional("new"))
      if old == nil, new == nil { throw .missingKey("new", in: change.name, at: change.location) }
      changes.append(
        AcceptedChange(
          name: item.key, old: old == nil ? nil : try read(change.required("old")),
          new: new == nil ? nil : try read(change.required("new")),
          tolerance: change.optional("tolerance") == nil ? nil : try change.number("tolerance", .notNegative),
          columns: change.optional("columns") == nil ? nil : try columns(change.mapping("columns"))))
    }
    return changes
  }

  private static func columns(_ mapping: SpecMapping) throws(SpecError) -> [String: Double] {
    var columns: [String: Double] = [:]
    for entry in mapping.entries { columns[entry.key] = try mapping.number(entry.key, .notNegative) }
    return columns
  }

  /// One side of a statistic.
  private static func statistic(_ node: SpecNode) throws(SpecError) -> StatisticValue {
    let side = try SpecMapping(
      node, name: "statistics", known: StatisticValue.CodingKeys.allCases.map(\.rawValue))
    func number(_ key: StatisticValue.CodingKeys) throws(SpecError) -> Double? {
      side.optional(key.rawValue) == nil ? nil : try side.number(key.rawValue, .any)
    }
    return StatisticValue(
      value: try number(.value), lower: try number(.lower), upper: try number(.upper),
      pValue: try number(.pValue), n: try side.integer("n", atLeast: 0, atMost: .max),
      unmeasured: try side.optionalText("unmeasured"))
  }
}
