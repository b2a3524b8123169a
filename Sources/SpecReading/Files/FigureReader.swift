import Specifications

/// One `fig*.yml` as it is written: its parts still unmerged, so that every profile can be made from it.
struct FigureFile {
  let id: String
  let title: String
  let caption: String
  let schematic: FigureSpec.Schematic?
  /// The run groups in the file's order, before references and profiles.
  let groups: [SpecEntry]
  let panels: [PanelNode]
  let comparison: ComparisonNode?
  /// What each profile puts on top of each group.
  let overrides: [Profile: [String: SpecNode]]
  /// The place of the id, for messages.
  let idLocation: SpecLocation
  /// The file's name without its folder.
  let name: String

  init(_ root: SpecNode, name: String, claims: [String]) throws(SpecError) {
    let file = try SpecMapping(
      root, name: name,
      known: ["figure", "title", "caption", "schematic", "runs", "panels", "comparison", "profiles"])
    let id = try file.text("figure")
    idLocation = try file.required("figure").location
    guard id.wholeMatch(of: /[A-Za-z0-9]+/) != nil else {
      throw .wrongType(
        key: "figure", expected: "letters and digits, as in S5", found: "'\(id)'", at: idLocation)
    }
    self.id = id
    self.name = name
    title = try file.text("title")
    caption = try file.text("caption")
    schematic = file.optional("schematic") == nil ? nil : try file.choice("schematic", what: "schematic")
    if schematic != nil {
      for key in ["runs", "panels", "comparison", "profiles"] where file.optional(key) != nil {
        throw .conflict("schematic", key, in: name, at: try file.required(key).location)
      }
      groups = []
      panels = []
      comparison = nil
    } else {
      groups = file.optional("runs") == nil ? [] : try file.mapping("runs").entries
      panels = try PanelNode.list(file.list("panels"), groups: groups.map(\.key), claims: claims)
      comparison =
        file.optional("comparison") == nil
        ? nil : try ComparisonNode(file, claims: claims, panels: panels)
    }
    overrides = file.optional("profiles") == nil ? [:] : try Self.overrides(file, groups: groups.map(\.key))
  }

  private static func overrides(
    _ file: SpecMapping, groups: [String]
  ) throws(SpecError) -> [Profile: [String: SpecNode]] {
    var overrides: [Profile: [String: SpecNode]] = [:]
    let profiles = try file.mapping("profiles", known: Profile.overriding.map(\.rawValue))
    for profile in Profile.overriding where profiles.optional(profile.rawValue) != nil {
      for entry in try profiles.mapping(profile.rawValue).entries {
        guard groups.contains(entry.key) else {
          throw .unknown(what: "run group", found: entry.key, known: groups, at: entry.keyLocation)
        }
        try ProfileOverride.check(entry.value, group: entry.key, profile: profile)
        overrides[profile, default: [:]][entry.key] = entry.value
      }
    }
    return overrides
  }
}
