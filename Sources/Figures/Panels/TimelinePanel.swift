import Encodings
import Foundation
import Planning
import Plotting
import ReportDocuments
import RunStorage
import Specifications

/// Quantities against the epoch along one training.
struct TimelinePanel: DrawnPanel {
  let figure: String
  let spec: PanelSpec
  let axes: PanelSpec.TimelineAxes
  let record: RunRecord
  let settings: TimelineSettings
  let result: TimelineResult
  /// What was measured at each point, by the name of its column in tables.
  let measured: [String: [Double?]]

  init(
    figure: String, spec: PanelSpec, axes: PanelSpec.TimelineAxes, record: RunRecord,
    settings: TimelineSettings, result: TimelineResult
  ) {
    self.figure = figure
    self.spec = spec
    self.axes = axes
    self.record = record
    self.settings = settings
    self.result = result
    var measured: [String: [Double?]] = [:]
    for measurement in settings.measurements {
      let identity = MeasurementSpec.atZeroError(measurement).identity
      for value in MeasureDefinition.values where value.isGiven(by: measurement) {
        guard let course = value.course else { continue }
        let courses = course == .values ? result.values : result.logProducts
        measured[value.column(measurement.process?.likelihood ?? .heaviside)] = courses[identity]
      }
    }
    self.measured = measured
  }

  /// The values of a quantity, one a point; nil where it was not measured. A prior's is the drawn
  /// likelihood's.
  func values(_ quantity: Quantity) -> [Double?] {
    let numbers: [Double?] =
      switch quantity.source {
      case .generalization: result.testAccuracy.map { 100 * $0 }
      case .testError: result.testAccuracy.map { RunRow.percent(1 - $0) }
      case .bound(let bound, by: let value):
        (measured[value.column(drawnLikelihood)] ?? missing).map { nats in
          nats.map { bound.percent($0, trainingSetSize: record.spec.dataset.train) }
        }
      case .loss: result.lossOnTrain
      case .sampledProbability, .complexity, .attackSize, .difference: missing
      case .measured(let value): measured[value.column(drawnLikelihood)] ?? missing
      }
    return numbers.map { $0.flatMap(quantity.value) }
  }

  private var missing: [Double?] { Array(repeating: nil, count: result.epochs.count) }

  /// The step where it was measured.
  var drawnLikelihood: PriorSettings.Likelihood {
    let likelihoods = settings.measurements.compactMap(\.prior?.likelihood)
    return likelihoods.contains(.heaviside) ? .heaviside : .probit
  }

  /// The index of the point at zero error; nil where there is none.
  var zeroErrorIndex: Int? { result.zeroErrorEpoch.flatMap { result.epochs.firstIndex(of: $0) } }

  /// The identity of one statistic, the same in every report of this figure.
  func identifier(_ statistic: StatisticName) -> String {
    let name = statistic == .rescalingMove ? "rescaling-\(axes.left.rawValue)-move" : statistic.name
    return "fig\(figure).\(spec.id).\(name)"
  }

  func altText(in figure: FigureStyle) -> String? {
    func course(_ quantity: Quantity) -> String {
      let values = values(quantity).compactMap { $0 }
      let ends = [values.first, values.last].compactMap { $0 }.map { NumberText.plain($0) }
      return
        "\(QuantityText.plain(quantity, drawnLikelihood)) \(AltText.range(values)), \(ends.joined(separator: " at first and ")) at the end"
    }
    let lines = spec.quantities.map(course).joined(separator: "; ")
    let zero = result.zeroErrorEpoch.map { "; zero error at epoch \($0)" } ?? "; zero error not reached"
    let rescaled = result.rescalingIndex.map { "; rescaled at epoch \(result.epochs[$0])" } ?? ""
    return
      "Panel \(spec.id), \(spec.title): lines against the epoch, 0 to \(result.epochs.last ?? 0): \(lines)\(zero)\(rescaled)."
  }

  /// Every timeline once, in the panels' order.
  static func tables(_ panels: [TimelinePanel], statistics: [StatisticRow]) -> [(name: String, csv: String)] {
    var seen: Set<[String]> = []
    let courses = panels.filter { seen.insert($0.spec.runs).inserted }
    return [("timelines", TimelineTable(panels: courses).csv)]
  }

  func verdicts(_ claim: ClaimSpec, by judge: ClaimJudge, in figure: JudgedFigure) -> [ClaimVerdict] {
    judge.course(claim, self, figure.statistics)
  }
}

extension TimelinePanel {
  /// The timeline that `group` asks for; nil where `record` has none.
  init?(
    _ spec: PanelSpec, axes: PanelSpec.TimelineAxes, figure: String, group: RunGroup, record: RunRecord
  ) {
    for measurement in group.measurements {
      if case .timeline(let settings) = measurement,
        case .timeline(let result) = record.results.measurements[measurement.identity],
        !result.epochs.isEmpty
      {
        self.init(
          figure: figure, spec: spec, axes: axes, record: record, settings: settings, result: result)
        return
      }
    }
    return nil
  }
}
