import Planning
import Plotting
import RandomStreams
import RunStorage

/// Makes figures from stored results: tables, statistics, verdicts and pictures. Cheap and pure; trains
/// nothing.
public struct FigureMaker: Sendable {
  private let claims: [ClaimSpec]
  private let records: [TrainingSpec: RunRecord]
  private let seed: UInt64

  /// - Parameters:
  ///   - records: of every run that the figures name.
  ///   - seed: the report's; the bootstraps' streams come from it.
  public init(claims: [ClaimSpec], records: [RunRecord], seed: UInt64) {
    self.claims = claims
    self.records = Dictionary(records.map { ($0.spec, $0) }, uniquingKeysWith: { first, _ in first })
    self.seed = seed
  }

  /// Makes one figure.
  public func make(_ spec: FigureSpec) -> FigureResult {
    if let schematic = spec.schematic { return drawn(spec, schematic) }
    let panels = spec.panels.map { part($0, of: spec) }
    let scatters = panels.compactMap { if case .scatter(let panel) = $0 { panel } else { nil } }
    let traces = panels.compactMap { if case .trace(let panel) = $0 { panel } else { nil } }
    let unavailable = panels.compactMap { if case .unavailable(let panel, _) = $0 { panel.id } else { nil } }

    let statistics = statistics(scatters)
    let judge = ClaimJudge(claims: claims)
    let used = records(of: spec)
    return FigureResult(
      spec: spec, picture: chart(panels, statistics: statistics),
      csv: scatters.isEmpty ? traces.first?.csv : table(spec).csv,
      statistics: statistics, verdicts: scatters.flatMap { judge.verdicts($0, statistics: statistics) },
      altText: AltText.sentences(
        scatters: scatters, traces: traces, statistics: statistics, unavailable: unavailable),
      notes: notes(used) + traces.compactMap(note), records: used)
  }

  /// A panel with its data.
  private enum Part {
    case scatter(ScatterPanel)
    case trace(TracePanel)
    case unavailable(PanelSpec, reason: String)
  }

  private func part(_ panel: PanelSpec, of spec: FigureSpec) -> Part {
    guard let name = panel.runs, let group = spec.runs[name] else {
      return .unavailable(panel, reason: panel.reason ?? "not available yet")
    }
    switch (panel.kind, panel.x, panel.y) {
    case (.scatter, let x?, let y?):
      return .scatter(ScatterPanel(figure: spec.id, spec: panel, x: x, y: y, rows: rows(group)))
    case (.sharpnessTrace, _, _):
      return trace(panel, group).map(Part.trace)
        ?? .unavailable(panel, reason: "the run has no sharpness trace")
    default:
      return .unavailable(panel, reason: panel.reason ?? "not available yet")
    }
  }

  private func rows(_ group: RunGroup) -> [RunRow] {
    group.trainings(seed: seed).compactMap { records[$0].map { RunRow(record: $0, group: group) } }
  }

  private func trace(_ panel: PanelSpec, _ group: RunGroup) -> TracePanel? {
    guard let training = group.trainings(seed: seed).first, let record = records[training] else { return nil }
    for measurement in group.measurements {
      if case .sharpness(let settings, trace: true) = measurement,
        case .sharpness(let result) = record.results.measurements[measurement.identity]
      {
        return TracePanel(spec: panel, settings: settings, result: result)
      }
    }
    return nil
  }

  /// All runs of the figure, each once: a figure's panels may share a group.
  private func records(of spec: FigureSpec) -> [RunRecord] {
    var seen: Set<RunKey> = []
    return usedGroups(spec).flatMap { $0.trainings(seed: seed) }.compactMap { records[$0] }
      .filter { seen.insert($0.key).inserted }
  }

  private func usedGroups(_ spec: FigureSpec) -> [RunGroup] {
    var names: [String] = []
    for panel in spec.panels {
      if let name = panel.runs, !names.contains(name) { names.append(name) }
    }
    return names.compactMap { spec.runs[$0] }
  }

  private func table(_ spec: FigureSpec) -> RunTable {
    RunTable(rows: usedGroups(spec).flatMap(rows))
  }

  private func statistics(_ scatters: [ScatterPanel]) -> [StatisticRow] {
    let statistics = ScatterStatistics(key: RandomKey(seed: seed).split("statistics"))
    var rows = scatters.flatMap(statistics.correlations)
    for prior in scatters where prior.x == .log10Prior {
      for flatness in scatters
      where flatness.x == .flatness && flatness.spec.runs == prior.spec.runs && flatness.y == prior.y {
        rows += statistics.differences(prior: prior, flatness: flatness)
      }
    }
    return rows
  }

  private func chart(_ panels: [Part], statistics: [StatisticRow]) -> Chart {
    let sizes = panels.flatMap { part -> [Double] in
      if case .scatter(let panel) = part { panel.rows.map { Double($0.training.attackSize) } } else { [] }
    }
    let bar = sizes.max().map { ColourBar("Attack set size |<i>A</i>|", range: 0...max($0, 1)) }
    let drawn = panels.map { part in
      switch part {
      case .scatter(let panel):
        return panel.drawn(
          colouring: bar?.colouring ?? .uniform(.blue), text: PanelText.lines(panel, statistics: statistics),
          limits: limits(of: panel, among: panels))
      case .trace(let panel): return panel.drawn
      case .unavailable(let panel, let reason):
        return Panel.unavailable(
          Text.escaped(reason), letter: Text.escaped("(\(panel.id))"), title: Text.escaped(panel.title))
      }
    }
    return Chart(panels: drawn, columns: min(3, drawn.count), colourBar: bar)
  }

  /// The vertical range that the panel shares with others of the same quantity and runs; its own if there
  /// are none.
  private func limits(of panel: ScatterPanel, among panels: [Part]) -> Axis.Limits {
    let alike = panels.compactMap { part -> ScatterPanel? in
      guard case .scatter(let other) = part else { return nil }
      return other.y == panel.y && other.spec.runs == panel.spec.runs ? other : nil
    }
    guard alike.count > 1 else { return .automatic }
    return SharedRange(panels: alike.map(\.drawnPoints)).limits.map(Axis.Limits.fixed) ?? .automatic
  }

  private func notes(_ records: [RunRecord]) -> [String] {
    func count(_ status: TrainingResult.Status) -> Int {
      records.count { $0.results.training.status == status }
    }
    var notes: [String] = []
    if count(.notConverged) > 0 {
      notes.append(
        "\(count(.notConverged)) of \(records.count) runs did not reach zero error on S within the cap of epochs: drawn as open circles, kept in the table, left out of statistics and claims."
      )
    }
    if count(.failed) > 0 {
      notes.append(
        "\(count(.failed)) of \(records.count) runs diverged (their loss became NaN or infinite): kept in the table, not drawn."
      )
    }
    return notes
  }

  private func note(_ trace: TracePanel) -> String? {
    trace.settledStep.map {
      "The maximum has risen to within a thousandth of its whole rise by step \($0) of \(trace.trace.count - 1)."
    }
  }

  private func drawn(_ spec: FigureSpec, _ schematic: FigureSpec.Schematic) -> FigureResult {
    let picture: any Picture =
      switch schematic {
      case .basins: BasinSchematic()
      case .functionInterpretations: FunctionInterpretationSchematic()
      }
    return FigureResult(
      spec: spec, picture: picture, csv: nil, statistics: [], verdicts: [],
      altText: "Diagram. " + spec.caption,
      notes: [], records: [])
  }
}
