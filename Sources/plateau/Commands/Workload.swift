import Experiments
import Foundation
import Planning
import RunStorage

/// The steps that report, run and plan share: specs → plan → data → survey → records.
struct Workload {
  let specs: SpecLibrary
  let figures: [FigureSpec]
  let plan: Plan
  let data: DataCatalogue
  let store: RunStore
  let survey: Survey

  init(_ options: WorkOptions) throws {
    (specs, figures) = try options.specs()
    plan = Plan(figures: figures, seed: options.seed)
    data = try DataCatalogue(specs: plan.runs.map(\.training.dataset), library: options.data.library)
    store = RunStore(folder: options.store)
    survey = try Survey(plan: plan, data: data, store: store)
    for item in survey.items {
      if case .damaged(let reason, let path) = item.state {
        Console.note(
          "plateau: a stored run is damaged (\(reason)); it is set aside at \(path) and runs again")
      }
    }
  }

  /// Executes what is missing, with progress; gives every record in the plan's order, and how many runs were
  /// executed.
  func execute(jobs: Int, keepsWeights: Bool) async throws -> (records: [RunRecord], executed: Int) {
    let interruption = Interruption()
    let runner = Runner(
      store: store, jobs: jobs, keepsWeights: keepsWeights, isCancelled: { interruption.isRequested })
    let pending = runner.pending(survey)
    // Rates are measured for the time left: not where nothing is left.
    if pending.isEmpty { return (try await runner.execute(survey, data: data), 0) }
    let costs = CostModel(known: survey.items.compactMap(\.record))
    let bar = ProgressBar(runs: pending.map { ($0.run.training, costs.seconds($0.run)) })
    defer { bar.finish() }
    return (try await runner.execute(survey, data: data) { bar.record($0) }, pending.count)
  }
}
