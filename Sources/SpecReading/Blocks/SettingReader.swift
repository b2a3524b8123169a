import Specifications

/// Reads the settings of a merged run group for the report.
enum SettingReader {
  /// Every value of `node` under `path`, in file order; `paper` is the same group at full size.
  ///
  /// Without a measurement of priors, as in a group made from another's, the `prior` settings say nothing
  /// about its runs and are left out. The rows of Table 1 that it is measured by come last.
  static func entries(
    _ node: SpecNode, paper: SpecNode, path: String, measurements: [MeasurementSpec],
    tableOne: [TableOneRow], constants: [MeasureRow]
  ) -> [SettingEntry] {
    let hasPrior = measurements.contains { !$0.priors.isEmpty }
    let atFullSize = leaves(paper, path: path)
    return leaves(node, path: path).filter { hasPrior || !$0.path.hasPrefix("\(path).prior.") }.map { leaf in
      let paperValue = atFullSize.first { $0.path == leaf.path }?.value
      return SettingEntry(
        path: leaf.path, value: leaf.value, sources: leaf.sources,
        paperValue: paperValue == leaf.value ? nil : paperValue)
    } + sharpness(path: path, measurements: measurements, tableOne: tableOne)
      + self.constants(path: path, measurements: measurements, rows: constants)
  }

  /// The constants of each other measure that has any.
  private static func constants(
    path: String, measurements: [MeasurementSpec], rows: [MeasureRow]
  ) -> [SettingEntry] {
    let used = Set(measurements.flatMap(\.parts).map(\.kind))
    return rows.filter { used.contains($0.measure.kind) }.flatMap { row in
      MeasureDefinition.of(row.measure.kind).constants.map { constant in
        SettingEntry(
          path: "\(path).\(row.measure.kind.rawValue).\(constant.rawValue)",
          value: .number(row.measure[constant]), sources: row.sources[constant] ?? [], paperValue: nil)
      }
    }
  }

  /// The values of each row of Table 1 that is used; L-BFGS-B takes the box alone.
  private static func sharpness(
    path: String, measurements: [MeasurementSpec], tableOne: [TableOneRow]
  ) -> [SettingEntry] {
    var entries: [SettingEntry] = []
    for used in measurements.flatMap(\.parts).compactMap(\.sharpness) {
      guard let row = tableOne.first(where: { $0.settings.row == used.row }) else { continue }
      var values = [("box", used.box, row.settings.box)]
      if used.method == .sgd {
        values += [
          ("batch", Double(used.batch), Double(row.settings.batch)),
          ("learningRate", used.learningRate, row.settings.learningRate),
          ("epochs", Double(used.epochs), Double(row.settings.epochs)),
        ]
      }
      for (key, value, paperValue) in values {
        let entry = SettingEntry(
          path: "\(path).sharpness/\(used.row).\(key)", value: .number(value),
          sources: value == paperValue ? row.sources[key] ?? [] : ["O"],
          paperValue: value == paperValue ? nil : .number(paperValue))
        if !entries.contains(where: { $0.path == entry.path }) { entries.append(entry) }
      }
    }
    return entries
  }

  private static func leaves(_ node: SpecNode, path: String) -> [SettingEntry] {
    guard case .mapping(let entries) = node.content else {
      return [SettingEntry(path: path, value: node.value, sources: node.sources)]
    }
    return entries.flatMap { entry in
      let inner = "\(path).\(entry.key)"
      // A range of sizes reads as one value, and a profile may put a list in its place.
      guard inner.hasSuffix(".attack.sizes") else { return leaves(entry.value, path: inner) }
      return [SettingEntry(path: inner, value: entry.value.value, sources: sources(of: entry.value))]
    }
  }

  private static func sources(of node: SpecNode) -> [String] {
    guard case .mapping(let entries) = node.content else { return node.sources }
    let tags = Set(entries.flatMap(\.value.sources))
    return SettingEntry.sourceTags.filter(tags.contains)
  }
}
