package import Planning

/// How a run shares the machine. The runs of a lane follow those of the lane before.
package enum RunLane: CaseIterable, Sendable {
  /// One worker; as many such runs at once as there are jobs.
  case oneWorker
  /// All workers, for one run after another: those with a timeline, whose points are measured side by side.
  case allWorkers
  /// All cores, whatever the number of jobs (``FamilyTraits/Scheduling``).
  case wholeMachine
}

extension PlannedRun {
  /// Where the run stands in the order of the work.
  package var lane: RunLane {
    if FamilyTraits.of(training.network.kind).scheduling == .wholeMachine { return .wholeMachine }
    return measurements.contains(where: \.isTimeline) ? .allWorkers : .oneWorker
  }
}
