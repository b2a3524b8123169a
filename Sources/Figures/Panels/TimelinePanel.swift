import Foundation
import Planning
import Plotting
import ReportDocuments
import RunStorage
import Specifications

/// Quantities against the epoch along one training.
struct TimelinePanel {
  let figure: String
  let spec: PanelSpec
  let record: RunRecord
  let settings: TimelineSettings
  let result: TimelineResult
  /// What was measured at each point, by the name of its column in tables.
  let measured: [String: [Double?]]

  init(
    figure: String, spec: PanelSpec, record: RunRecord, settings: TimelineSettings, result: TimelineResult
  ) {
    self.figure = figure
    self.spec = spec
    self.record = record
    self.settings = settings
    self.result = result
    var measured: [String: [Double?]] = [:]
    for measurement in settings.measurements {
      let identity = MeasurementSpec.atZeroError(measurement).identity
      for value in MeasureDefinition.values where value.isGiven(by: measurement) {
        let courses = value.course == .values ? result.values : result.logProducts
        measured[value.column(measurement.prior?.likelihood ?? .heaviside)] = courses[identity]
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
      case .loss: result.lossOnTrain
      case .sampledProbability, .complexity: missing
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
  func identifier(_ statistic: StatisticName) -> String { "fig\(figure).\(spec.id).\(statistic.name)" }
}
