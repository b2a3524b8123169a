/// A panel with its place in the file, for messages about its runs.
struct PanelNode {
  let panel: PanelSpec
  let location: SpecLocation

  /// The panels of a figure, in drawing order; they may name the run groups and claims given.
  static func list(
    _ nodes: [SpecNode], groups: [String], claims: [String]
  ) throws(PlanningError) -> [PanelNode] {
    var panels: [PanelNode] = []
    for node in nodes {
      let panel = try PanelNode(node, groups: groups, claims: claims)
      if panels.contains(where: { $0.panel.id == panel.panel.id }) {
        throw .duplicate(what: "panel", name: panel.panel.id, at: node.location)
      }
      panels.append(panel)
    }
    return panels
  }

  private init(_ node: SpecNode, groups: [String], claims: [String]) throws(PlanningError) {
    let kind: PanelSpec.Kind = try SpecMapping(node, name: "panel").choice("kind", what: "kind of panel")
    let mapping = try SpecMapping(node, name: "panel", known: Self.keys(of: kind))
    location = node.location
    let id = try mapping.text("id")
    // The letter is drawn in the picture and stands in the names of statistics.
    guard id.wholeMatch(of: /[A-Za-z0-9]{1,3}/) != nil else {
      throw .wrongType(
        key: "id", expected: "one to three letters or digits, as in a", found: "'\(id)'",
        at: try mapping.required("id").location)
    }
    var panel = PanelSpec(id: id, kind: kind, title: try mapping.text("title"))
    if kind != .unavailable || mapping.optional("runs") != nil {
      panel.runs = try mapping.required("runs").readName(
        for: "runs", what: "run group", among: groups.map { ($0, $0) })
    }
    switch kind {
    case .scatter:
      panel.x = try mapping.choice("x", what: "quantity", as: Quantity.self)
      panel.y = try mapping.choice("y", what: "quantity", as: Quantity.self)
      panel.claim = try mapping.optional("claim")?.readName(
        for: "claim", what: "claim", among: claims.map { ($0, $0) })
    case .sharpnessTrace: break
    case .unavailable: panel.reason = try mapping.text("reason")
    }
    self.panel = panel
  }

  private static func keys(of kind: PanelSpec.Kind) -> [String] {
    switch kind {
    case .scatter: return ["id", "kind", "title", "runs", "x", "y", "claim"]
    case .sharpnessTrace: return ["id", "kind", "title", "runs"]
    case .unavailable: return ["id", "kind", "title", "runs", "reason"]
    }
  }

  /// Checks that `group` measures what the panel shows.
  func checkMeasured(by group: RunGroup) throws(PlanningError) {
    var hasPrior = false
    var hasSharpness = false
    var hasTrace = false
    for measurement in group.measurements {
      switch measurement {
      case .prior: hasPrior = true
      case .sharpness(_, let trace):
        hasSharpness = true
        hasTrace = hasTrace || trace
      }
    }
    var missing: (quantity: String, needs: String)?
    if panel.kind == .sharpnessTrace, !hasTrace { missing = ("a trace", "sharpness-trace/<row>") }
    for quantity in [panel.x, panel.y] {
      switch quantity {
      case .log10Prior where !hasPrior: missing = ("log10-prior", "prior/<likelihood>")
      case .flatness where !hasSharpness, .log10Sharpness where !hasSharpness:
        missing = (quantity?.rawValue ?? "", "sharpness/<row>")
      default: break
      }
    }
    guard let missing else { return }
    throw .notMeasured(
      panel: panel.id, quantity: missing.quantity, runs: panel.runs ?? "", needs: missing.needs, at: location)
  }
}
