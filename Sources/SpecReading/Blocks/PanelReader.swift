import Specifications

/// Reads the list `panels` of a figure.
enum PanelReader {
  /// The panels of a figure, in drawing order; they may name the run groups and claims given.
  static func panels(
    _ nodes: [SpecNode], groups: [String], claims: [String]
  ) throws(SpecError) -> [LocatedPanel] {
    var panels: [LocatedPanel] = []
    for node in nodes {
      let panel = try panel(node, groups: groups, claims: claims)
      if panels.contains(where: { $0.panel.id == panel.panel.id }) {
        throw .duplicate(what: "panel", name: panel.panel.id, at: node.location)
      }
      panels.append(panel)
    }
    return panels
  }

  private static func panel(
    _ node: SpecNode, groups: [String], claims: [String]
  ) throws(SpecError) -> LocatedPanel {
    let kind: PanelSpec.Kind = try SpecMapping(node, name: "panel").choice("kind", what: "kind of panel")
    let mapping = try SpecMapping(node, name: "panel", known: keys(of: kind))
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
      if mapping.optional("epochsPast") != nil {
        panel.epochsPast = try mapping.integer("epochsPast", atLeast: 0)
      }
    case .timeline:
      panel.y = try mapping.choice("y", what: "quantity", as: Quantity.self)
      if mapping.optional("right") != nil {
        panel.right = try mapping.choice("right", what: "quantity", as: Quantity.self)
      }
      if mapping.optional("inset") != nil { panel.inset = try mapping.integer("inset", atLeast: 1) }
    case .sharpnessTrace, .rankFrequency, .complexity: break
    case .unavailable: panel.reason = try mapping.text("reason")
    }
    panel.claim = try mapping.optional("claim")?.readName(
      for: "claim", what: "claim", among: claims.map { ($0, $0) })
    return LocatedPanel(panel: panel, location: node.location)
  }

  private static func keys(of kind: PanelSpec.Kind) -> [String] {
    switch kind {
    case .scatter: return ["id", "kind", "title", "runs", "x", "y", "epochsPast", "claim"]
    case .timeline: return ["id", "kind", "title", "runs", "y", "right", "inset", "claim"]
    case .sharpnessTrace, .rankFrequency, .complexity: return ["id", "kind", "title", "runs"]
    case .unavailable: return ["id", "kind", "title", "runs", "reason"]
    }
  }
}

/// A panel with its place in the file, to be checked against its runs once they are read.
struct LocatedPanel {
  let panel: PanelSpec
  let location: SpecLocation

  /// Checks that `group` measures what the panel shows.
  func checkMeasured(by group: RunGroup) throws(SpecError) {
    if panel.kind == .timeline, group.trainingCount != 1 {
      throw .severalTimelines(panel: panel.id, trainings: group.trainingCount, at: location)
    }
    try checkFits(group)
    let measured = measurements(of: group)
    for quantity in [panel.x, panel.y, panel.right] {
      guard let quantity, let needs = quantity.missingForm(in: measured) else { continue }
      throw .notMeasured(
        panel: panel.id, quantity: quantity.rawValue, runs: panel.runs ?? "", needs: needs, at: location)
    }
    let missing: (quantity: String, needs: String)? =
      switch panel.kind {
      case .sharpnessTrace where !measured.contains(where: { $0.form == "sharpness-trace" }):
        ("a trace", "sharpness-trace/<row>")
      case .timeline where !group.measurements.contains(where: \.isTimeline):
        ("a timeline", "a block 'timeline' and something")
      case .scatter
      where panel.epochsPast > 0 && !group.measurements.contains(.state(epochsPast: panel.epochsPast)):
        (
          "networks \(panel.epochsPast) epochs past zero error",
          "that number to 'overtraining', and something"
        )
      default: nil
      }
    guard let missing else { return }
    throw .notMeasured(
      panel: panel.id, quantity: missing.quantity, runs: panel.runs ?? "", needs: missing.needs, at: location)
  }

  /// Checks that `group` has what no measurement can give it: a sample of functions, or test images.
  private func checkFits(_ group: RunGroup) throws(SpecError) {
    let quantities = [panel.x, panel.y, panel.right].compactMap(\.self)
    let ofSample: String? =
      switch panel.kind {
      case .rankFrequency, .complexity: panel.kind.rawValue
      default: quantities.first { [.log10SampledPrior, .lempelZivComplexity].contains($0) }?.rawValue
      }
    if let ofSample, group.targets == nil {
      throw .unfitRuns(
        panel: panel.id, shows: ofSample, runs: panel.runs ?? "", lack: "block 'sample'", at: location)
    }
    if quantities.contains(.generalization), group.dataset.test == 0 {
      throw .unfitRuns(
        panel: panel.id, shows: Quantity.generalization.rawValue, runs: panel.runs ?? "",
        lack: "test images", at: location)
    }
  }

  /// Checks that the panel can bear the claim it names.
  func checkClaim(among claims: [ClaimSpec], group: RunGroup) throws(SpecError) {
    guard let claim = claims.first(where: { $0.name == panel.claim }) else { return }
    let needs: String? =
      switch (claim.statistic, panel.kind) {
      case (.pearson, .scatter), (.spearman, .scatter), (.overtraining, .timeline): nil
      case (.spearmanDifference, .scatter): panel.x?.isFlatness == true ? nil : "a panel of flatness"
      case (.rescaling, .timeline): group.hasRescaling ? nil : "a timeline with a rescaling"
      case (.rescaling, _), (.overtraining, _): "a timeline"
      case (.differingVerdicts, _): "the block 'comparison' of a figure"
      default: "a scatter"
      }
    guard let needs else { return }
    throw .misplacedClaim(claim.name, panel: panel.id, needs: needs, at: location)
  }

  /// What of `group` the panel can show: its measurements at the panel's epoch, or its timeline's.
  private func measurements(of group: RunGroup) -> [Measure] {
    group.measurements.flatMap { measurement -> [Measure] in
      switch measurement {
      case .timeline(let settings):
        panel.kind == .timeline
          ? settings.measurements.filter { MeasureDefinition.form(of: $0)?.isFollowed == true } : []
      case .network(let network, let schedule):
        panel.kind != .timeline && schedule.epochsPast == panel.epochsPast ? [network] : []
      case .state: []
      }
    }
  }
}

extension RunGroup {
  fileprivate var hasRescaling: Bool {
    measurements.contains {
      if case .timeline(let settings) = $0 { settings.rescaling != nil } else { false }
    }
  }
}

extension Quantity {
  /// The form of the measurement that the quantity needs and `measured` lacks; nil where it is there.
  fileprivate func missingForm(in measured: [Measure]) -> String? {
    guard let value = self.measured, !measured.contains(where: value.isGiven) else { return nil }
    return MeasureDefinition.forms.first { $0.name == value.forms.first }?.pattern
  }
}
