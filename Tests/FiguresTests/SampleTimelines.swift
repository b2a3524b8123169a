import Foundation
import Planning
import RunStorage
import Specifications

@testable import Figures

/// Timelines made by hand: eight points, zero error at epoch 4, a rescaling at epoch 6.
enum SampleTimelines {
  static let settings = TimelineSettings(
    epochsPast: 4, every: 2, rescaling: RescalingSettings(layer: 1, alpha: 5.9, epochsPast: 2),
    measurements: [
      SampleRecords.ascent, SampleRecords.priorMeasure(.heaviside), SampleRecords.priorMeasure(.probit),
    ])

  static func result() -> TimelineResult {
    var result = TimelineResult()
    result.epochs = [0, 2, 4, 6, 6, 7, 8]
    result.lossOnTrain = [0.7, 0.3, 0.1, 0.08, 0.08, 0.5, 0.01]
    result.trainAccuracy = [0.5, 0.9, 1, 1, 1, 0.9, 1]
    result.testAccuracy = [0.5, 0.7, 0.829, 0.83, 0.83, 0.7, 0.83]
    result.changedOnTest = [1, 1, 0, 0, 0, 1, 0]
    result.function = ["aa", "bb", "cc", "cc", "cc", "dd", "cc"]
    result.values = [
      SampleRecords.sharpness.identity: [3, 1, 1, 0.5, 50, 70, 0.1],
      SampleRecords.prior(.heaviside).identity: [-1, -50, -80, -80, -80, nil, -80],
      SampleRecords.prior(.probit).identity: [-2, -60, -90, -90, -90, -70, -90],
    ]
    result.zeroErrorEpoch = 4
    result.rescalingIndex = 4
    return result
  }

  static let rescaling = ClaimSpec(
    name: "rescaling", statement: "Rescaled.", statistic: .rescaling, threshold: 0.5, strict: true, rule: "r")
  static let overtraining = ClaimSpec(
    name: "overtraining", statement: "Overtrained.", statistic: .overtraining, threshold: 0.5, strict: true,
    changedShare: 0.01, rule: "o")

  static func figure(_ group: RunGroup) -> FigureSpec {
    FigureSpec(
      id: "5", title: "T", caption: "C.", runs: ["g": group],
      panels: [
        PanelSpec(
          id: "a", title: "Sharpness",
          .timeline(runs: "g", .init(left: .log10Sharpness, right: .log10Prior, inset: 2)), claim: "rescaling"
        ),
        PanelSpec(
          id: "b", title: "Loss", .timeline(runs: "g", .init(left: .log10Loss)), claim: "overtraining"),
      ], schematic: nil, settings: [], file: "fig5.yml")
  }

  /// The figure from `found`, the measurement's result.
  static func make(_ found: MeasurementResult) throws -> FigureResult {
    let (group, record) = try run(found)
    return FigureMaker(claims: [rescaling, overtraining], records: [record], seed: 1).make(figure(group))
  }

  /// The figure with one panel, which is judged by `claim`.
  static func make(
    _ found: MeasurementResult, panel: PanelSpec.Content, claim: ClaimSpec
  ) throws -> FigureResult {
    let (group, record) = try run(found)
    var spec = figure(group)
    spec.panels = [PanelSpec(id: "a", title: "A", panel, claim: claim.name)]
    return FigureMaker(claims: [claim], records: [record], seed: 1).make(spec)
  }

  private static func run(_ found: MeasurementResult) throws -> (RunGroup, RunRecord) {
    let group = SampleRecords.group(attackSizes: [0], measurements: [.timeline(settings)])
    var record = try SampleRecords.records(group, [SampleRecords.Found()])[0]
    record.results.measurements = [MeasurementSpec.timeline(settings).identity: found]
    return (group, record)
  }
}
