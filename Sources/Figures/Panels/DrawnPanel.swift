import Planning
import Plotting
import RunStorage
import Specifications

/// A panel with its data: what a figure asks of every kind of panel.
///
/// A common scale of colours and the notes below a figure span several panels; they ask one kind of panel by
/// its type (``FigurePanels``).
protocol DrawnPanel: Sendable {
  var spec: PanelSpec { get }

  /// The panel as it is drawn.
  func drawn(in figure: FigureStyle) -> Panel

  /// Its part of the alternative text, in one sentence; nil if the panel shows nothing.
  func altText(in figure: FigureStyle) -> String?

  /// The tables of all panels of this kind in a figure with these statistics, in order, each with a
  /// distinguishing name.
  static func tables(_ panels: [Self], statistics: [StatisticRow]) -> [(name: String, csv: String)]

  /// The verdicts of the claim that the panel names.
  func verdicts(_ claim: ClaimSpec, by judge: ClaimJudge, in figure: JudgedFigure) -> [ClaimVerdict]
}

extension DrawnPanel {
  static func tables(_ panels: [Self], statistics: [StatisticRow]) -> [(name: String, csv: String)] { [] }
  func verdicts(_ claim: ClaimSpec, by judge: ClaimJudge, in figure: JudgedFigure) -> [ClaimVerdict] { [] }
}

/// What the panels of one figure have in common when they are drawn and described.
struct FigureStyle {
  let statistics: [StatisticRow]
  /// The key to the colours of scatters; nil without any.
  let colourBar: ColourBar?
  /// Whether colours show the complexity of functions instead of |A|.
  let byComplexity: Bool
  /// Whether colours show |A| as a share of the panel's largest.
  let showsShares: Bool
  /// The scatters, among which vertical ranges are shared.
  let scatters: [ScatterPanel]
  /// Whether scatters of the same quantities on the same images have the same axes.
  let sharesAxes: Bool
}

/// A figure while claims are judged on its panels.
struct JudgedFigure {
  /// The figure's id.
  let id: String
  let pairs: [PanelPair]
  let statistics: [StatisticRow]
}

/// The panels of a figure with their data, in drawing order.
struct FigurePanels {
  let all: [any DrawnPanel]
  /// How they stand in the picture.
  let layout: FigureSpec.Layout

  var scatters: [ScatterPanel] { all.compactMap { $0 as? ScatterPanel } }
  var forests: [ForestPanel] { all.compactMap { $0 as? ForestPanel } }
  var traces: [TracePanel] { all.compactMap { $0 as? TracePanel } }
  var timelines: [TimelinePanel] { all.compactMap { $0 as? TimelinePanel } }
  var samples: [FunctionSamplePanel] { all.compactMap { $0 as? FunctionSamplePanel } }

  /// Every kind of panel, in the order of its tables.
  private static let kinds: [any DrawnPanel.Type] = [
    ScatterPanel.self, ForestPanel.self, TracePanel.self, TimelinePanel.self, FunctionSamplePanel.self,
    UnavailablePanel.self,
  ]

  /// All tables of the figure, the first one under the figure's own name.
  func tables(_ statistics: [StatisticRow]) -> [FigureTable] {
    func tables<Kind: DrawnPanel>(_ kind: Kind.Type) -> [(name: String, csv: String)] {
      let panels = all.compactMap { $0 as? Kind }
      return panels.isEmpty ? [] : kind.tables(panels, statistics: statistics)
    }
    return Self.kinds.flatMap { tables($0) }.enumerated().map { index, table in
      FigureTable(suffix: index == 0 ? "" : "-\(table.name)", csv: table.csv)
    }
  }

  /// Whether colours show the complexity of sampled functions: true if every network was trained to one.
  /// Otherwise they show |A|.
  var areColouredByComplexity: Bool {
    let rows = scatters.flatMap(\.rows)
    return !rows.isEmpty && rows.allSatisfy { $0.target != nil }
  }
}

extension FigurePanels {
  /// The panels of the figure `spec`, from the records of its runs and samples.
  init(
    _ spec: FigureSpec, seed: UInt64, records: [TrainingSpec: RunRecord],
    samples: [FunctionSampleSpec: FunctionSampleRecord]
  ) {
    layout = spec.layout
    all = spec.panels.map { panel in
      let groups = panel.runs.compactMap { name in spec.runs[name].map { (name: name, group: $0) } }
      guard groups.count == panel.runs.count, let group = groups.first?.group else {
        return UnavailablePanel(panel, reason: "not available yet")
      }
      func found(_ group: RunGroup) -> [RunRecord] {
        group.trainings(seed: seed).compactMap { records[$0] }
      }
      let runs = found(group)
      let sample = group.functionSample(seed: seed).flatMap { samples[$0] }
      switch panel.content {
      case .scatter(_, let axes):
        return ScatterPanel(
          figure: spec.id, spec: panel, axes: axes,
          rows: runs.map {
            RunRow(record: $0, group: group, epochsPast: axes.epochsPast, sample: sample?.result)
          })
      case .sharpnessTrace:
        return runs.first.flatMap { TracePanel(panel, group: group, record: $0) }
          ?? UnavailablePanel(panel, reason: "the run has no sharpness trace")
      case .timeline(_, let axes):
        return runs.first.flatMap {
          TimelinePanel(panel, axes: axes, figure: spec.id, group: group, record: $0)
        } ?? UnavailablePanel(panel, reason: Self.reason(runs.first, group))
      case .rankFrequency:
        return FunctionSamplePanel(panel, .rankFrequency, sample)
          ?? UnavailablePanel(panel, reason: FunctionSamplePanel.missing)
      case .complexity:
        return FunctionSamplePanel(panel, .complexity, sample)
          ?? UnavailablePanel(panel, reason: FunctionSamplePanel.missing)
      case .forest(_, let axes):
        return ForestPanel(
          figure: spec.id, panel, axes: axes,
          groups: groups.map { name, group in
            (name, group, found(group).map { RunRow(record: $0, group: group) })
          })
      case .unavailable(_, let reason): return UnavailablePanel(panel, reason: reason)
      }
    }
  }

  /// Why there is no timeline.
  private static func reason(_ record: RunRecord?, _ group: RunGroup) -> String {
    for measurement in group.measurements where measurement.isTimeline {
      if case .failed(let reason) = record?.results.measurements[measurement.identity] { return reason }
    }
    guard let training = record?.results.training else { return "the run is not there" }
    return training.status == .failed
      ? "the training diverged in epoch \(training.epochs)" : "the run has no timeline"
  }
}

/// A panel without data, with the reason.
struct UnavailablePanel: DrawnPanel {
  let spec: PanelSpec
  let reason: String

  /// The reason in the spec if it gives one, else `reason`.
  init(_ spec: PanelSpec, reason: String) {
    self.spec = spec
    self.reason = spec.reason ?? reason
  }

  func drawn(in figure: FigureStyle) -> Panel {
    Panel.unavailable(
      Text.escaped(reason), letter: Text.escaped("(\(spec.id))"), title: Text.escaped(spec.title))
  }

  func altText(in figure: FigureStyle) -> String? { nil }

  func verdicts(_ claim: ClaimSpec, by judge: ClaimJudge, in figure: JudgedFigure) -> [ClaimVerdict] {
    [
      ClaimVerdict(
        claim, figure: figure.id, panel: spec.id, condition: nil, statistics: [], .notJudged(reason: reason))
    ]
  }
}
