import Datasets
import Experiments
import Foundation
import NeuralNetworks
import OneDNNEngine
import Planning
package import RunStorage
import SpecReading
import Specifications

/// What a request comes to: specs → images → plan → data → survey of the store.
///
/// Nothing is executed by making one; ``execute(keepsWeights:isCancelled:tell:)`` does that.
package struct Workload: Sendable {
  let request: WorkRequest
  let specs: SpecLibrary
  /// The chosen figures, with the images that were decided on.
  let figures: [FigureSpec]
  /// Which run groups have other images than their specs name, and why.
  let decisions: [DataDecision]
  let plan: Plan
  let data: DataCatalogue
  let survey: Survey
  /// Residual networks take all cores, whatever the number of jobs, since the number of threads counts in the
  /// last bits.
  private static let engines: any EngineFactory = OneDNNEngineFactory(
    threads: ProcessInfo.processInfo.activeProcessorCount)

  /// Reads the specs, decides on the images, loads them and looks every run up in the store.
  ///
  /// - Throws: `SpecError` for a mistake in a spec, `DatasetError` for images that are missing or damaged,
  ///   `ExperimentError.unusableDataset` with the place in the spec, `StorageError` for an unreadable store.
  package init(_ request: WorkRequest, in places: WorkPlaces, tell: (WorkEvent) -> Void = { _ in }) throws {
    self.request = request
    specs = try SpecLibrary(folder: places.project.specs())
    let all = specs.figures(profile: request.profile)
    let named = try request.chosenFigures.map { try FigureSelection.figures($0, among: all) } ?? all
    let images = ImageCache(library: DatasetLibrary(roots: places.images))
    let choice = try DatasetChoice(named, profile: request.profile, images: images)
    figures = choice.figures
    decisions = choice.decisions
    for decision in decisions { tell(.dataDecided(decision)) }
    plan = Plan(figures: figures, seed: request.seed)
    data = try FigureData.catalogue(figures, images: images)
    survey = try Survey(plan: plan, data: data, store: RunStore(folder: request.store))
    for case .damaged(let damage) in survey.samples.map(\.state) + survey.items.map(\.state) {
      tell(.damagedFile(damage))
    }
  }

  /// What the figures are made from.
  package struct Results: Sendable {
    /// Of every run, in the plan's order.
    package let records: [RunRecord]
    /// Of every sample of functions, in the plan's order.
    package let samples: [FunctionSampleRecord]
    /// How many runs were executed now.
    package let executed: Int
  }

  /// Draws and executes what is missing, and stores each result as it is made.
  ///
  /// - Parameters:
  ///   - keepsWeights: whether the trained weights are written to the store; runs that have none are executed
  ///     again.
  ///   - isCancelled: asked often; true ends the work at the next checkpoint.
  ///   - tell: called from several threads.
  /// - Throws: `ExperimentError.interrupted` when cancelled, `StorageError` when a result cannot be stored.
  package func execute(
    keepsWeights: Bool = false, isCancelled: @escaping @Sendable () -> Bool = { false },
    tell: @escaping @Sendable (WorkEvent) -> Void = { _ in }
  ) async throws -> Results {
    let runner = Runner(
      store: RunStore(folder: request.store), jobs: request.jobs, engines: Self.engines,
      keepsWeights: keepsWeights, isCancelled: isCancelled)
    let pending = runner.pending(survey)
    // The survey does not ask.
    if isCancelled() { throw ExperimentError.interrupted(finished: 0, remaining: pending.count) }
    tell(.estimated(estimate(pending)))
    let samples = try runner.drawSamples(survey) { tell(.execution($0)) }
    let data = data.adding(samples)
    let records = try await runner.execute(survey, data: data) { tell(.execution($0)) }
    return Results(
      records: records, samples: samples, executed: pending.count { data.hasData($0.run.training) })
  }

  private func estimate(_ pending: [Survey.Item]) -> WorkEstimate {
    var estimate = WorkEstimate()
    let pendingSamples = survey.pendingSamples.map(\.sample.spec)
    // A cost model measures this machine's rates: not where nothing is left to do.
    guard !pending.isEmpty || !pendingSamples.isEmpty else { return estimate }
    let costs = costs
    for sample in pendingSamples { estimate.samples[sample] = costs.seconds(sample) }
    for item in pending { estimate.runs[item.run.training] = costs.seconds(item.run) }
    estimate.kernels = costs.secondsOfKernels(pending.map(\.run))
    return estimate
  }

  /// What is known of the time that runs take; measures this machine's rates.
  var costs: CostModel {
    CostModel(
      known: survey.items.compactMap(\.record), knownSamples: survey.samples.compactMap(\.record),
      findings: specs.costs, engines: Self.engines)
  }
}
