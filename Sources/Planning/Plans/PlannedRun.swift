import Specifications

/// One training with everything that any figure wants to know of it.
package struct PlannedRun: Equatable, Sendable {
  /// The training.
  package var training: TrainingSpec
  /// What to measure on the trained network, each once, in the order in which figures ask for it.
  package var measurements: [MeasurementSpec]
  /// The ids of the figures that use the run, in the paper's order.
  package var figures: [String]

  /// A run for the figures named.
  package init(training: TrainingSpec, measurements: [MeasurementSpec], figures: [String]) {
    self.training = training
    self.measurements = measurements
    self.figures = figures
  }

  /// The run in steps that are stored one by one: all that is measured at fixed epochs, then each timeline, which
  /// takes minutes and should not be lost with the next one.
  package var steps: [PlannedRun] {
    let timelines = measurements.filter(\.isTimeline)
    let others = measurements.filter { !$0.isTimeline }
    let parts = (others.isEmpty && !timelines.isEmpty ? [] : [others]) + timelines.map { [$0] }
    return parts.map { PlannedRun(training: training, measurements: $0, figures: figures) }
  }
}
