import Experiments
import NeuralNetworks
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
  /// What carries out the residual networks that are missing, as it describes itself, or why it is not to be had here;
  /// nil where there are none.
  package let engine: String?
  /// What is missing and cannot be executed here as it is asked for, with the reason and the remedy.
  package let refusals: [String]

  /// Looks the runs up in the store, and measures this machine's rates for the expected times.
  ///
  /// - Parameter tell: called with a file of costs that was set aside.
  package init(_ workload: Workload, tell: (WorkEvent) -> Void = { _ in }) {
    let survey = workload.survey
    var engines: (any EngineFactory)?
    do {
      engines = try workload.engines(for: survey.pending.map(\.run), tell: { _ in })
      engine = engines?.description
    } catch {
      engine = error.description
    }
    let costs = workload.costs(
      residualRates: .keptOrMeasured, engines: engines ?? EngineChoice.onProcessor, tell)
    defer { workload.keepRates(costs) }
    func row(_ items: [Survey.Item], _ stages: [WorkStage]) -> Row {
      let estimate = workload.estimate(stages, costs: costs, writesReport: true)
      return Row(
        runs: items.count, cached: items.count { $0.state == .cached },
        seconds: estimate.isEmpty ? nil : estimate.seconds)
    }
    figures = workload.figures.map { figure in
      let stage = workload.stage([figure])
      return (figure.id, row(stage.survey.items, [stage]))
    }
    all = row(survey.items, workload.stages(survey.pending))
    refusals = engines.map { workload.refusedPrecisions(survey.pending, by: $0).map(\.description) } ?? []
    samples = survey.samples.map { Sample(spec: $0.sample.spec, isCached: $0.state == .cached) }
    let trainings = workload.plan.runs.map(\.training).filter { $0.target == nil }
    datasets = Set(trainings.map(\.dataset.name)).sorted().compactMap { name in
      trainings.first { $0.dataset.name == name }.map { (name, workload.data[$0].summary) }
    }
  }
}
