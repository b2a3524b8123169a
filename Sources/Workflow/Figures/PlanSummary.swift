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
    /// The expected wall time of what is missing, with as many runs at once as asked for; nil where nothing
    /// is.
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

  /// Looks the runs up in the store, and measures this machine's rates for the expected times.
  package init(_ workload: Workload) {
    let costs = workload.costs
    let jobs = workload.request.jobs
    func row(_ items: [Survey.Item], _ samples: [Survey.SampleItem]) -> Row {
      let pending = items.filter { $0.state != .cached }
      let pendingSamples = samples.filter { $0.state != .cached }
      guard !pending.isEmpty || !pendingSamples.isEmpty else {
        return Row(runs: items.count, cached: items.count, seconds: nil)
      }
      let ofSamples = pendingSamples.reduce(0) { $0 + costs.seconds($1.sample.spec) }
      let ofKernels = costs.secondsOfKernels(pending.map(\.run))
      let seconds = pending.reduce(ofSamples + ofKernels) { $0 + costs.seconds($1.run) }
      return Row(
        runs: items.count, cached: items.count - pending.count, seconds: seconds / Double(jobs))
    }
    let survey = workload.survey
    figures = workload.figures.map { figure in
      let items = survey.items.filter { $0.run.figures.contains(figure.id) }
      let samples = survey.samples.filter { $0.sample.figures.contains(figure.id) }
      return (figure.id, row(items, samples))
    }
    all = row(survey.items, survey.samples)
    samples = survey.samples.map { Sample(spec: $0.sample.spec, isCached: $0.state == .cached) }
    let trainings = workload.plan.runs.map(\.training).filter { $0.target == nil }
    datasets = Set(trainings.map(\.dataset.name)).sorted().compactMap { name in
      trainings.first { $0.dataset.name == name }.map { (name, workload.data[$0].summary) }
    }
  }
}
