import Planning
import RunStorage
import Specifications

/// A panel with its data.
enum FigurePart {
  case scatter(ScatterPanel)
  case trace(TracePanel)
  case timeline(TimelinePanel)
  case sample(FunctionSamplePanel)
  case unavailable(PanelSpec, reason: String)

  var scatter: ScatterPanel? { if case .scatter(let panel) = self { panel } else { nil } }
  var trace: TracePanel? { if case .trace(let panel) = self { panel } else { nil } }
  var sample: FunctionSamplePanel? { if case .sample(let panel) = self { panel } else { nil } }
  var timeline: TimelinePanel? { if case .timeline(let panel) = self { panel } else { nil } }

  /// The run group that it shows; nil where nothing is shown.
  var runs: String? {
    switch self {
    case .scatter(let panel): panel.spec.runs
    case .trace(let panel): panel.spec.runs
    case .timeline(let panel): panel.spec.runs
    case .sample(let panel): panel.spec.runs
    case .unavailable: nil
    }
  }

  /// The part for `panel` of the figure `spec`, from the records of its runs and samples.
  init(
    _ panel: PanelSpec, of spec: FigureSpec, seed: UInt64, records: [TrainingSpec: RunRecord],
    samples: [FunctionSampleSpec: FunctionSampleRecord]
  ) {
    guard let name = panel.runs, let group = spec.runs[name] else {
      self = .unavailable(panel, reason: panel.reason ?? "not available yet")
      return
    }
    let runs = group.trainings(seed: seed).compactMap { records[$0] }
    let sample = group.functionSample(seed: seed).flatMap { samples[$0] }
    switch panel.kind {
    case .scatter:
      guard let x = panel.x, let y = panel.y else {
        preconditionFailure("expected a scatter panel with two quantities, got \(panel)")
      }
      self = .scatter(
        ScatterPanel(
          figure: spec.id, spec: panel, x: x, y: y,
          rows: runs.map {
            RunRow(record: $0, group: group, epochsPast: panel.epochsPast, sample: sample?.result)
          }))
    case .sharpnessTrace:
      self =
        runs.first.flatMap { TracePanel(panel, group: group, record: $0) }.map(FigurePart.trace)
        ?? .unavailable(panel, reason: "the run has no sharpness trace")
    case .timeline:
      self =
        runs.first.flatMap { TimelinePanel(panel, figure: spec.id, group: group, record: $0) }
        .map(FigurePart.timeline)
        ?? .unavailable(panel, reason: Self.reason(runs.first, group))
    case .rankFrequency, .complexity:
      self =
        sample.map { .sample(FunctionSamplePanel(spec: panel, record: $0)) }
        ?? .unavailable(panel, reason: "the sample of functions is not there")
    case .unavailable: self = .unavailable(panel, reason: panel.reason ?? "not available yet")
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

extension [FigurePart] {
  /// Whether colours show the complexity of sampled functions: where every network was trained to one.
  /// Otherwise they show |A|.
  var areColouredByComplexity: Bool {
    let rows = compactMap(\.scatter).flatMap(\.rows)
    return !rows.isEmpty && rows.allSatisfy { $0.target != nil }
  }
}

extension TracePanel {
  /// The trace that `group` asks for, with the maximum of L-BFGS-B where it asks for that too; nil where
  /// `record` has no trace.
  init?(_ spec: PanelSpec, group: RunGroup, record: RunRecord) {
    let measured = group.measurements.compactMap { measurement in
      if case .network(.sharpness(let settings, let isTrace), .atZeroError) = measurement,
        case .sharpness(let result) = record.results.measurements[measurement.identity]
      {
        (settings: settings, isTrace: isTrace, result: result)
      } else {
        nil
      }
    }
    guard let trace = measured.first(where: { $0.isTrace }) else { return nil }
    let quasiNewton = measured.first {
      $0.settings.method == .quasiNewton && $0.settings.row == trace.settings.row
    }
    self.init(
      spec: spec, settings: trace.settings, result: trace.result,
      quasiNewtonMaximum: quasiNewton?.result.maximumLoss)
  }
}

extension TimelinePanel {
  /// The timeline that `group` asks for; nil where `record` has none.
  init?(_ spec: PanelSpec, figure: String, group: RunGroup, record: RunRecord) {
    for measurement in group.measurements {
      if case .timeline(let settings) = measurement,
        case .timeline(let result) = record.results.measurements[measurement.identity],
        !result.epochs.isEmpty
      {
        self.init(figure: figure, spec: spec, record: record, settings: settings, result: result)
        return
      }
    }
    return nil
  }
}
