import Datasets
import Experiments
import Foundation
import Planning
import RunStorage
import SpecReading
import Specifications

/// The steps that report, run and plan share: specs → plan → data → survey → records.
struct Workload {
  let specs: SpecLibrary
  let figures: [FigureSpec]
  /// What was decided about images that are not there.
  let decisions: [DataDecision]
  let plan: Plan
  let data: DataCatalogue
  let store: RunStore
  let survey: Survey

  init(_ options: WorkOptions) throws {
    let images = ImageCache(library: options.data.library)
    let named: [FigureSpec]
    (specs, named) = try options.specs()
    let choice = try DatasetChoice(named, profile: options.profile, images: images)
    figures = choice.figures
    decisions = choice.decisions
    for decision in decisions { Console.note("plateau: \(decision.notice)") }
    plan = Plan(figures: figures, seed: options.seed)
    data = try Self.data(figures, images: images)
    store = RunStore(folder: options.store)
    survey = try Survey(plan: plan, data: data, store: store)
    for case .damaged(let damage) in survey.samples.map(\.state) + survey.items.map(\.state) {
      Console.note("plateau: \(damage)")
    }
  }

  /// The data of every run group; a mistake in a spec is reported with its place.
  private static func data(_ figures: [FigureSpec], images: ImageCache) throws -> DataCatalogue {
    // The inputs of sampled functions are no files.
    let groups = figures.flatMap { figure in
      figure.runs.filter { $0.value.targets == nil }.sorted { $0.key < $1.key }.map {
        (figure: figure, name: $0.key, dataset: $0.value.dataset)
      }
    }
    do {
      return try DataCatalogue(specs: groups.map(\.dataset), images: images)
    } catch  where isMistake(error) {
      // The catalogue does not know figures: look for the one whose data set fails alone.
      for group in groups {
        guard let place = group.figure.datasetLocations[group.name] else { continue }
        do {
          _ = try DataCatalogue(specs: [group.dataset], images: images)
        } catch  where isMistake(error) {
          throw ExperimentError.unusableDataset(runs: group.name, reason: "\(error)", at: place)
        }
      }
      throw error
    }
  }

  /// Whether a spec is to blame, and not a file of images.
  private static func isMistake(_ error: any Error) -> Bool {
    switch error {
    case DatasetError.notEnoughImages, DatasetError.channelMismatch: true
    default: false
    }
  }

  /// What the figures are made from.
  struct Results {
    /// Of every run, in the plan's order.
    let records: [RunRecord]
    /// Of every sample of functions, in the plan's order.
    let samples: [FunctionSampleRecord]
    /// How many runs were executed now.
    let executed: Int
  }

  /// Draws and executes what is missing, with progress.
  func execute(jobs: Int, keepsWeights: Bool) async throws -> Results {
    let interruption = Interruption()
    let runner = Runner(
      store: store, jobs: jobs, keepsWeights: keepsWeights, isCancelled: { interruption.isRequested })
    let pending = runner.pending(survey)
    let pendingSamples = survey.pendingSamples.map(\.sample.spec)
    // Rates are measured for the time left: not where nothing is left.
    let costs = pending.isEmpty && pendingSamples.isEmpty ? nil : self.costs
    let bar = ProgressBar(
      samples: pendingSamples.map { ($0, costs?.seconds($0) ?? 0) },
      runs: pending.map { ($0.run.training, costs?.seconds($0.run) ?? 0) },
      kernels: costs?.secondsOfKernels(pending.map(\.run)) ?? 0)
    defer { bar.finish() }
    let samples = try runner.drawSamples(survey) { bar.record($0) }
    let data = data.adding(samples)
    let records = try await runner.execute(survey, data: data) { bar.record($0) }
    return Results(
      records: records, samples: samples, executed: pending.count { data.hasData($0.run.training) })
  }

  /// What is known of the time that runs take.
  var costs: CostModel {
    CostModel(
      known: survey.items.compactMap(\.record), knownSamples: survey.samples.compactMap(\.record),
      findings: specs.costs)
  }
}
