import Specifications

/// One `fig*.yml` as it is written: its parts still unmerged, so that every profile can be made from it.
struct FigureFile {
  var id: String
  /// The file's name without its folder.
  var name: String
  /// The place of the id, for messages.
  var idLocation: SpecLocation
  var title: String
  var caption: String
  var schematic: FigureSpec.Schematic?
  /// The run groups in the file's order, before references and profiles.
  var groups: [SpecEntry] = []
  var panels: [LocatedPanel] = []
  var comparison: LocatedComparison?
  var layout = FigureSpec.Layout()
  /// What each profile puts on top of each group.
  var overrides: [Profile: [String: SpecNode]] = [:]
  /// The groups that a profile leaves out.
  var leftOut: [Profile: Set<String>] = [:]
}

/// Reads a `fig*.yml`.
enum FigureReader {
  /// The most panels side by side: beyond, their text cannot be read on a page.
  private static let mostColumns = 6

  /// The keys of a file.
  private static let keys = [
    "figure", "title", "caption", "schematic", "layout", "runs", "panels", "comparison", "profiles",
  ]

  /// The words of a file, whatever its runs and panels.
  static func words(_ root: SpecNode, name: String) throws(SpecError) -> FigureWords {
    let mapping = try SpecMapping(root, name: name, known: keys)
    return FigureWords(title: try mapping.text("title"), caption: try mapping.text("caption"))
  }

  /// The figure of the file called `name`; its panels may name the claims given.
  static func file(_ root: SpecNode, name: String, claims: [String]) throws(SpecError) -> FigureFile {
    let mapping = try SpecMapping(root, name: name, known: keys)
    let id = try mapping.text("figure")
    let idLocation = try mapping.required("figure").location
    guard id.wholeMatch(of: /[A-Za-z0-9]{1,16}/) != nil else {
      throw .wrongType(
        key: "figure", expected: "1 to 16 letters and digits, as in S5", found: "'\(id)'", at: idLocation)
    }
    var file = FigureFile(
      id: id, name: name, idLocation: idLocation, title: try mapping.text("title"),
      caption: try mapping.text("caption"))
    if mapping.optional("schematic") != nil {
      file.schematic = try mapping.choice("schematic", what: "schematic")
      for key in ["layout", "runs", "panels", "comparison", "profiles"] where mapping.optional(key) != nil {
        throw .conflict("schematic", key, in: name, at: try mapping.required(key).location)
      }
      return file
    }
    if mapping.optional("layout") != nil {
      let layout = try mapping.mapping("layout", known: ["columns", "axes"])
      if layout.optional("columns") != nil {
        file.layout.columns = try layout.integer("columns", atLeast: 1, atMost: mostColumns)
      }
      if let axes = layout.optional("axes") {
        file.layout.sharesAxes = try axes.readName(
          for: "axes", what: "choice of axes", among: [("own", false), ("shared", true)])
      }
    }
    if mapping.optional("runs") != nil { file.groups = try mapping.mapping("runs").entries }
    let groups = file.groups.map(\.key)
    file.panels = try PanelReader.panels(of: mapping, groups: groups, claims: claims)
    if mapping.optional("comparison") != nil {
      file.comparison = try ComparisonReader.comparison(mapping, claims: claims, panels: file.panels)
    }
    if mapping.optional("profiles") != nil {
      (file.overrides, file.leftOut) = try ProfileReader.overrides(mapping, groups: groups)
    }
    return file
  }
}
