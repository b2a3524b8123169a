import Experiments
package import Specifications

/// What a request would run: stored and missing runs of each figure, with the time that the missing ones are
/// expected to take.
package struct PlanSummary: Sendable {
  /// The runs of one figure, or of all.
  package struct Row: Sendable, Equatable {
    package let runs: Int
    /// How many of them are stored whole.
    package let cached: Int
    /// The expected wall time of what is missing, with as many runs at once as asked for, as if the figure were
    /// asked for alone; nil where nothing is.
    package let seconds: Double?

    package var missing: Int { runs - cached }
  }
  /// A sample of functions.
  package struct Sample: Sendable, Equatable {
    package let spec: FunctionSampleSpec
    package let isCached: Bool
  }
  /// Each figure, in the order of the specs.
  package let figures: [(id: String, row: Row)]
  /// All figures together; a run that several of them show counts once.
  package let all: Row
  package let samples: [Sample]
  /// What is used of each data set, by its name.
  package let datasets: [(name: String, summary: String)]
  /// What is missing and cannot be executed here as it is asked for, with the reason and the remedy.
  package let refusals: [String]

  /// Looks the runs up in the store, and measures this machine's rates for the expected times.
  ///
  /// - Parameter tell: called with a file of costs that was set aside.
  package init(_ workload: Workload, tell: (WorkEvent) -> Void = { _ in }) {
    let costs = workload.costs(residualRates: .keptOrMeasured, tell)
    defer { workload.keepRates(costs) }
    func row(_ items: [Survey.Item], _ stages: [WorkStage]) -> Row {
      let estimate = workload.estimate(stages, costs: costs, writesReport: true)
      return Row(
        runs: items.count, cached: items.count { $0.state == .cached },
        seconds: estimate.isEmpty ? nil : estimate.seconds)
    }
    let survey = workload.survey
    figures = workload.figures.map { figure in
      let stage = workload.stage([figure])
      return (figure.id, row(stage.survey.items, [stage]))
    }
    all = row(survey.items, workload.stages(survey.pending))
    refusals =
      (try? workload.request.engine.factory()).map {
        workload.refusedPrecisions(survey.pending, by: $0).map(\.description)
      } ?? []
    samples = survey.samples.map { Sample(spec: $0.sample.spec, isCached: $0.state == .cached) }
    let trainings = workload.plan.runs.map(\.training).filter { $0.target == nil }
    datasets = Set(trainings.map(\.dataset.name)).sorted().compactMap { name in
      trainings.first { $0.dataset.name == name }.map { (name, workload.data[$0].summary) }
    }
  }
}
