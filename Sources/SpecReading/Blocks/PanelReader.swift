import Specifications

/// Reads the list `panels` of a figure.
enum PanelReader {
  /// The most panels of a figure: a picture's height is limited.
  private static let most = 60

  /// The panels of a figure, in drawing order; they may name the run groups and claims given.
  static func panels(
    of file: SpecMapping, groups: [String], claims: [String]
  ) throws(SpecError) -> [LocatedPanel] {
    let nodes = try file.list("panels")
    guard (1...most).contains(nodes.count) else {
      throw .outOfRange(
        key: "panels", value: "a list of \(nodes.count)", allowed: "one of 1 to \(most) panels",
        at: try file.required("panels").location)
    }
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
    let title = try mapping.text("title")
    return LocatedPanel(
      panel: PanelSpec(
        id: id, title: title, try content(kind, mapping, groups: groups),
        claim: try mapping.optional("claim")?.readName(
          for: "claim", what: "claim", among: claims.map { ($0, $0) }),
        paper: try mapping.optionalText("paper")),
      location: node.location)
  }

  private static func content(
    _ kind: PanelSpec.Kind, _ mapping: SpecMapping, groups: [String]
  ) throws(SpecError) -> PanelSpec.Content {
    func runs() throws(SpecError) -> String {
      try mapping.required("runs").readName(
        for: "runs", what: "run group", among: groups.map { ($0, $0) })
    }
    func quantity(_ key: String) throws(SpecError) -> Quantity {
      try mapping.choice(key, what: "quantity", as: Quantity.self)
    }
    /// The list under `key`, of names that stand in it once.
    func names<Value: Hashable>(
      _ key: String, what: String, among known: [(String, Value)]
    ) throws(SpecError) -> [Value] {
      let nodes = try mapping.list(key)
      guard !nodes.isEmpty else {
        throw .outOfRange(
          key: key, value: "a list of 0", allowed: "one of at least 1", at: try mapping.required(key).location
        )
      }
      var values: [Value] = []
      for node in nodes {
        let value = try node.readName(for: key, what: what, among: known)
        if values.contains(value) {
          throw .duplicate(what: what, name: try node.readText(for: key), at: node.location)
        }
        values.append(value)
      }
      return values
    }
    switch kind {
    case .scatter:
      return .scatter(
        runs: try runs(),
        PanelSpec.ScatterAxes(
          x: try quantity("x"), y: try quantity("y"),
          epochsPast: mapping.optional("epochsPast") == nil
            ? 0 : try mapping.integer("epochsPast", atLeast: 0),
          likelihood: mapping.optional("likelihood") == nil
            ? nil : try mapping.choice("likelihood", what: "likelihood", as: PriorSettings.Likelihood.self)))
    case .timeline:
      return .timeline(
        runs: try runs(),
        PanelSpec.TimelineAxes(
          left: try quantity("y"), right: mapping.optional("right") == nil ? nil : try quantity("right"),
          inset: mapping.optional("inset") == nil ? nil : try mapping.integer("inset", atLeast: 1)))
    case .sharpnessTrace: return .sharpnessTrace(runs: try runs())
    case .rankFrequency: return .rankFrequency(runs: try runs())
    case .complexity: return .complexity(runs: try runs())
    case .forest:
      return .forest(
        runs: try names("runs", what: "run group", among: groups.map { ($0, $0) }),
        PanelSpec.ForestAxes(
          y: try quantity("y"),
          measures: try names(
            "measures", what: "quantity", among: Quantity.allCases.map { ($0.rawValue, $0) })))
    case .unavailable:
      return .unavailable(
        runs: mapping.optional("runs") == nil ? nil : try runs(), reason: try mapping.text("reason"))
    }
  }

  private static func keys(of kind: PanelSpec.Kind) -> [String] {
    let own: [String] =
      switch kind {
      case .scatter: ["x", "y", "epochsPast", "likelihood", "claim"]
      case .timeline: ["y", "right", "inset", "claim"]
      case .sharpnessTrace, .rankFrequency, .complexity: []
      case .forest: ["y", "measures", "claim"]
      case .unavailable: ["reason"]
      }
    return ["id", "kind", "title", "runs"] + own + ["paper"]
  }
}

/// A panel with its place in the file, to be checked against its runs once they are read.
struct LocatedPanel {
  let panel: PanelSpec
  let location: SpecLocation

  /// Checks that `group`, which goes by `name`, measures what the panel shows.
  func checkMeasured(by group: RunGroup, named name: String) throws(SpecError) {
    if panel.kind == .timeline, group.trainingCount != 1 {
      throw .severalTimelines(panel: panel.id, trainings: group.trainingCount, at: location)
    }
    try checkFits(group, named: name)
    let measured = measurements(of: group)
    for quantity in panel.quantities {
      let missing = quantity.measured.lazy.compactMap {
        $0.missingForm(in: measured, under: panel.likelihood)
      }
      guard let needs = missing.first else { continue }
      throw .notMeasured(
        panel: panel.id, quantity: quantity.rawValue, runs: name, needs: needs, at: location)
    }
    let missing: (quantity: String, needs: String)? =
      switch panel.content {
      case .sharpnessTrace where !measured.contains(where: { $0.form == "sharpness-trace" }):
        ("a trace", "sharpness-trace/<row>")
      case .timeline where !group.measurements.contains(where: \.isTimeline):
        ("a timeline", "a block 'timeline' and something")
      case .scatter(_, let axes)
      where axes.epochsPast > 0 && !group.measurements.contains(.state(epochsPast: axes.epochsPast)):
        (
          "networks \(axes.epochsPast) epochs past zero error",
          "that number to 'overtraining', and something"
        )
      default: nil
      }
    guard let missing else { return }
    throw .notMeasured(
      panel: panel.id, quantity: missing.quantity, runs: name, needs: missing.needs, at: location)
  }

  /// Checks that `group` has what no measurement can give it: a sample of functions, or test images.
  private func checkFits(_ group: RunGroup, named name: String) throws(SpecError) {
    let quantities = panel.quantities
    let ofSample: String? =
      switch panel.kind {
      case .rankFrequency, .complexity: panel.kind.rawValue
      default: quantities.first { [.log10SampledPrior, .lempelZivComplexity].contains($0) }?.rawValue
      }
    if let ofSample, group.targets == nil {
      throw .unfitRuns(
        panel: panel.id, shows: ofSample, runs: name, lack: "block 'sample'", at: location)
    }
    let onTestSet = quantities.first { [.generalization, .testError].contains($0) }
    if let onTestSet, group.dataset.test == 0 {
      throw .unfitRuns(
        panel: panel.id, shows: onTestSet.rawValue, runs: name,
        lack: "test images", at: location)
    }
  }

  /// Checks that the panel can bear the claim it names.
  func checkClaim(among claims: [ClaimSpec], group: RunGroup) throws(SpecError) {
    guard let claim = claims.first(where: { $0.name == panel.claim }) else { return }
    let needs: String? =
      switch (claim.statistic, panel.content) {
      case (.pearson, .scatter), (.spearman, .scatter), (.spearmanWithin, .scatter),
        (.overtraining, .timeline):
        nil
      case (.pearsonAgreement, .scatter(_, let axes)):
        Set([axes.x, axes.y]) == [.log10Prior, .log10PriorSampled]
          ? nil : "a panel of log10-prior and log10-prior-sampled"
      case (.boundedShare, .scatter(_, let axes)):
        axes.x == .testError && axes.y.isBound ? nil : "a scatter of test-error and a bound"
      case (.spearmanDifference, .scatter(_, let axes)): axes.x.isFlatness ? nil : "a panel of flatness"
      case (.rescaling, .timeline), (.rescalingInvariance, .timeline):
        group.hasRescaling ? nil : "a timeline with a rescaling"
      case (.robustness, .forest(_, let axes)):
        axes.measures.contains(.log10Prior) && axes.measures.contains(where: \.isFlatness)
          ? nil : "the prior and a measure of flatness among the panel's measures"
      case (.robustness, _): "a forest"
      case (.rescaling, _), (.rescalingInvariance, _), (.overtraining, _): "a timeline"
      case (.differingVerdicts, _): "the block 'comparison' of a figure"
      default: "a scatter"
      }
    guard let needs else { return }
    throw .misplacedClaim(claim.name, panel: panel.id, needs: needs, at: location)
  }

  /// What of `group` the panel can show: its measurements at the panel's epoch, or its timeline's.
  private func measurements(of group: RunGroup) -> [Measure] {
    group.measurements.flatMap { measurement -> [Measure] in
      switch (measurement, panel.content) {
      case (.timeline(let settings), .timeline):
        settings.measurements.filter { MeasureDefinition.form(of: $0)?.isFollowed == true }
      case (.timeline, _), (.state, _), (.network, .timeline): []
      case (.network(let measure, let schedule), .scatter(_, let axes)):
        schedule.epochsPast == axes.epochsPast ? [measure] : []
      case (.network(let measure, let schedule), _): schedule == .atZeroError ? [measure] : []
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

extension PanelSpec {
  /// The likelihood that a scatter names.
  fileprivate var likelihood: PriorSettings.Likelihood? {
    if case .scatter(_, let axes) = content { axes.likelihood } else { nil }
  }
}

extension MeasuredValue {
  /// The form of the measurement that gives the value and that `measured` lacks, under `likelihood` where the
  /// panel names one; nil where it is there.
  fileprivate func missingForm(
    in measured: [Measure], under likelihood: PriorSettings.Likelihood?
  ) -> String? {
    let given = measured.filter(isGiven)
    let form = MeasureDefinition.forms.first { $0.name == forms.first }
    if given.isEmpty { return form?.pattern }
    guard isByLikelihood, let likelihood,
      !given.contains(where: { $0.process?.likelihood == likelihood })
    else { return nil }
    return form.map { "\($0.name)/\(likelihood.rawValue)" }
  }
}
