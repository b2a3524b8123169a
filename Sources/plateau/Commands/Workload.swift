import Datasets
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
    data = try Self.data(figures, library: options.data.library)
    store = RunStore(folder: options.store)
    survey = try Survey(plan: plan, data: data, store: store)
    for item in survey.items {
      if case .damaged(let reason, let path) = item.state {
        Console.note(
          "plateau: a stored run is damaged (\(reason)); it is set aside at \(path) and runs again")
      }
    }
  }

  /// The data of every run group; a mistake in a spec is reported with its place.
  private static func data(_ figures: [FigureSpec], library: DatasetLibrary) throws -> DataCatalogue {
    let groups = figures.flatMap { figure in
      figure.runs.sorted { $0.key < $1.key }.map { (figure: figure, name: $0.key, dataset: $0.value.dataset) }
    }
    do {
      return try DataCatalogue(specs: groups.map(\.dataset), library: library)
    } catch  where isMistake(error) {
      // The catalogue does not know figures: look for the one whose data set fails alone.
      for group in groups {
        guard let place = group.figure.datasetLocations[group.name] else { continue }
        do {
          _ = try DataCatalogue(specs: [group.dataset], library: library)
        } catch  where isMistake(error) {
          throw PlanningError.unusableDataset(runs: group.name, reason: "\(error)", at: place)
        }
      }
      throw error
    }
  }

  /// Whether a spec is to blame, and not a file of images.
  private static func isMistake(_ error: any Error) -> Bool {
    switch error {
    case DatasetError.notEnoughImages, ExperimentError.unknownDataset, ExperimentError.unknownTask: true
    default: false
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
