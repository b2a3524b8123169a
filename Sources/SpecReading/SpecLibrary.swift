import Foundation
package import Specifications

/// All specs of a folder: the figures, the claims and Table 1.
///
/// Reads `table1.yml`, `claims.yml` and every `fig*.yml`, and checks each figure for every profile, so that
/// a mistake is found whichever profile is asked for.
package struct SpecLibrary: Sendable {
  /// The claims of `claims.yml`, in file order.
  package let claims: [ClaimSpec]
  /// The rows of `table1.yml`, in file order.
  package let tableOne: [TableOneRow]
  /// Its rows of other measures' constants.
  package let measureRows: [MeasureRow]
  /// What runs were seen to take, from `costs.yml`; nothing where the folder has no such file.
  package let costs: CostFindings
  /// The files that the specs were read from, as text by file name; `costs.yml`, on which no result depends,
  /// is not among them.
  package let sources: [String: String]
  /// What of the figures' text is drawn in pictures.
  package let drawnTexts: [DrawnText]
  private let figuresByProfile: [Profile: [FigureSpec]]

  /// The specs in `folder`.
  ///
  /// - Throws: ``SpecError`` with file, line and column of the first mistake.
  package init(folder: String) throws(SpecError) {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    } catch {
      throw .unreadable(path: folder, reason: "it is not a folder that can be listed")
    }
    var texts: [String: String] = [:]
    for name in names
    where ["table1.yml", "claims.yml", CostsReader.fileName].contains(name) || Self.isFigure(name) {
      texts[name] = try SpecText.read("\(folder)/\(name)")
    }
    try self.init(texts: texts, folder: folder)
  }

  /// The specs given as texts by file name; `folder` is for messages.
  package init(texts: [String: String], folder: String) throws(SpecError) {
    func root(_ name: String) throws(SpecError) -> SpecNode {
      guard let text = texts[name] else {
        throw .unreadable(path: "\(folder)/\(name)", reason: "there is no such file")
      }
      return try SpecDocument.root(text: text, file: "\(folder)/\(name)")
    }
    sources = texts.filter { $0.key != CostsReader.fileName }
    costs =
      texts[CostsReader.fileName] == nil
      ? CostFindings() : try CostsReader.findings(root(CostsReader.fileName))
    let table = try root("table1.yml")
    tableOne = try TableOneReader.rows(table)
    measureRows = try TableOneReader.measures(table)
    claims = try ClaimsReader.claims(root("claims.yml"))
    var files: [FigureFile] = []
    var drawnTexts: [DrawnText] = []
    for name in texts.keys.filter(Self.isFigure).sorted() {
      let root = try root(name)
      let file = try FigureReader.file(root, name: name, claims: claims.map(\.name))
      drawnTexts += DrawnText.all(in: root)
      if files.contains(where: { $0.id.lowercased() == file.id.lowercased() }) {
        throw .duplicate(what: "figure", name: file.id, at: file.idLocation)
      }
      files.append(file)
    }
    if files.isEmpty { throw .noFigures(folder: folder) }
    files.sort { FigureOrder.precedes($0.id, $1.id) }
    var figuresByProfile: [Profile: [FigureSpec]] = [:]
    // The paper's profile first: a mistake in what is overridden is reported where it stands.
    for profile in Profile.allCases.reversed() {
      figuresByProfile[profile] = try Self.figures(files, profile, (tableOne, measureRows), claims)
    }
    self.figuresByProfile = figuresByProfile
    self.drawnTexts = drawnTexts
  }

  /// Every figure in the paper's order: 1, 2, 3, …, S1, S2, …
  package func figures(profile: Profile) -> [FigureSpec] { figuresByProfile[profile] ?? [] }

  private static func figures(
    _ files: [FigureFile], _ profile: Profile, _ table: (rows: [TableOneRow], measures: [MeasureRow]),
    _ claims: [ClaimSpec]
  ) throws(SpecError) -> [FigureSpec] {
    let resolver = GroupResolver(files: files, profile: profile)
    let atFullSize = GroupResolver(files: files, profile: .paper)
    let reader = RunGroupReader(tableOne: table.rows, constants: table.measures)
    var figures: [FigureSpec] = []
    for file in files {
      var runs: [String: RunGroup] = [:]
      var settings: [SettingEntry] = []
      var (datasetLocations, precisionLocations) = ([String: SpecLocation](), [String: SpecLocation]())
      let leftOut = file.leftOut[profile] ?? []
      for name in file.groups.map(\.key) where !leftOut.contains(name) {
        let node = try resolver.group(name, of: file)
        let group = try reader.group(node, name: name)
        runs[name] = group
        datasetLocations[name] = try reader.datasetLocation(node)
        precisionLocations[name] = try OptimiserReader.precisionLocation(SpecMapping(node, name: "runs"))
        settings += SettingReader.entries(
          node, paper: try atFullSize.group(name, of: file), path: name, measurements: group.measurements,
          tableOne: table.rows, constants: table.measures)
      }
      for panel in file.panels {
        for name in panel.panel.runs {
          guard let group = runs[name] else { continue }
          try panel.checkMeasured(by: group, named: name)
          try panel.checkClaim(among: claims, group: group)
        }
      }
      try file.comparison?.check(among: claims, file, files: files)
      let isLeftOut = { (panel: PanelSpec) in !leftOut.isDisjoint(with: panel.runs) }
      let panels = file.panels.map(\.panel)
      if !panels.isEmpty, panels.allSatisfy(isLeftOut) {
        throw .outOfRange(
          key: "profiles.\(profile.rawValue)", value: "'\(ProfileReader.leftOut)' for every panel",
          allowed: "a profile that leaves at least one panel", at: file.idLocation)
      }
      figures.append(
        FigureSpec(
          id: file.id, title: file.title, caption: file.caption, runs: runs,
          panels: panels.filter { !isLeftOut($0) },
          comparison: file.comparison?.comparison,
          schematic: file.schematic, settings: settings, file: file.name,
          leftOut: panels.filter(isLeftOut).map { $0.leftOut(of: profile) },
          layout: file.layout, datasetLocations: datasetLocations, precisionLocations: precisionLocations))
    }
    return figures
  }

  private static func isFigure(_ name: String) -> Bool { name.hasPrefix("fig") && name.hasSuffix(".yml") }
}
