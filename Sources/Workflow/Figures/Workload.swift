import Datasets
package import Experiments
import LinearAlgebra
import NeuralNetworks
import Planning
package import RunStorage
import SpecReading
import Specifications
import Synchronization

/// What a request comes to: specs → images → plan → data → survey of the store.
///
/// Nothing is executed by making one; ``execute(keepsWeights:isCancelled:tell:)`` does that.
package struct Workload: Sendable {
  let request: WorkRequest
  let specs: SpecLibrary
  /// The fonts that the specs' texts take characters from that the pictures' own lacks.
  let otherFonts: Set<String>
  /// The chosen figures, with the images that were decided on.
  let figures: [FigureSpec]
  /// Which run groups have other images than their specs name, and why.
  let decisions: [DataDecision]
  let plan: Plan
  let data: DataCatalogue
  let survey: Survey

  /// Reads the specs, decides on the images, loads them and looks every run up in the store.
  ///
  /// - Parameter selection: the part of the plan that is asked for; nil for all. Nothing else is looked up.
  /// - Throws: `SpecError` for a mistake in a spec, `DatasetError` for images that are missing or damaged,
  ///   `ExperimentError.unusableDataset` with the place in the spec, `StorageError` for an unreadable store.
  package init(
    _ request: WorkRequest, in places: WorkPlaces, only selection: WorkSelection? = nil,
    tell: (WorkEvent) -> Void = { _ in }
  ) throws {
    self.request = request
    (specs, otherFonts) = try SpecLibrary.drawable(folder: places.project.specs())
    let all = specs.figures(profile: request.profile)
    let named = try request.chosenFigures.map { try FigureSelection.figures($0, among: all) } ?? all
    try places.images.checkNamed()
    let images = ImageCache(library: DatasetLibrary(roots: places.images))
    let choice = try DatasetChoice(named, profile: request.profile, images: images)
    figures = choice.figures
    decisions = choice.decisions
    for decision in decisions { tell(.dataDecided(decision)) }
    let whole = Plan(figures: figures, seed: request.seed)
    plan = selection?.part(of: whole) ?? whole
    data = try FigureData.catalogue(figures, of: Set(plan.runs.map(\.training.dataset)), images: images)
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
    /// How many runs were executed now, by this process.
    package let executed: Int
  }

  /// What is stored of it, without executing anything.
  var stored: Results {
    Results(
      records: survey.items.filter { $0.state == .cached }.compactMap(\.record),
      samples: survey.samples.compactMap(\.record), executed: 0)
  }

  /// What executes runs into the request's store, with the engine that they need.
  ///
  /// - Parameters:
  ///   - runs: what it will execute; none for samples, and to ask what is pending.
  ///   - tell: told of the engine, where there is something for it to do.
  /// - Throws: `ConvolutionEngineError` where it is not to be had.
  func runner(
    for runs: [PlannedRun] = [], keepsWeights: Bool = false,
    isCancelled: @escaping @Sendable () -> Bool, tell: (WorkEvent) -> Void = { _ in }
  ) throws(ConvolutionEngineError) -> Runner {
    Runner(
      store: RunStore(folder: request.store), jobs: request.jobs,
      engines: try engines(for: runs, tell: tell) ?? EngineChoice.onProcessor,
      keepsWeights: keepsWeights, isCancelled: isCancelled)
  }

  /// The engine that is asked for, where it has something to do; nil elsewhere.
  ///
  /// - Parameter tell: told of it.
  /// - Throws: `ConvolutionEngineError` where it is not to be had.
  func engines(
    for runs: [PlannedRun], tell: (WorkEvent) -> Void
  ) throws(ConvolutionEngineError) -> (any EngineFactory)? {
    guard runs.contains(where: { $0.lane == .wholeMachine }) else { return nil }
    let engines = try request.engine.factory()
    tell(.engine(engines.description))
    return engines
  }

  /// Draws and executes what is missing, and stores each result as it is made.
  ///
  /// - Parameters:
  ///   - keepsWeights: whether the trained weights are written to the store; runs that have none are executed
  ///     again.
  ///   - residualRates: where the speed of residual networks is taken from, for the time left.
  ///   - isCancelled: asked often; true ends the work at the next checkpoint.
  ///   - tell: called from several threads.
  ///   - write: called with what is there after each stage, and whether it is all, to write a report.
  /// - Throws: before anything is executed `ConvolutionEngineError` where the engine is not to be had, and
  ///   `ExperimentError.refusedPrecision` where it does not train in what a pending run asks for;
  ///   `ExperimentError.interrupted` when cancelled, `StorageError` when a result cannot be stored, and what
  ///   `write` throws.
  @discardableResult
  package func execute(
    keepsWeights: Bool = false, residualRates: ResidualRateSource = .measured,
    isCancelled: @escaping @Sendable () -> Bool = { false },
    tell: @escaping @Sendable (WorkEvent) -> Void = { _ in },
    write: ((Results, _ isAll: Bool) throws -> Void)? = nil
  ) async throws -> Results {
    try BLASRuntime.checkAddressSpace(threads: request.jobs)
    let pending = try runner(keepsWeights: keepsWeights, isCancelled: isCancelled)
      .pending(survey) { tell(.damagedFile($0)) }
    let runner = try runner(
      for: pending.map(\.run), keepsWeights: keepsWeights, isCancelled: isCancelled, tell: tell)
    if let refused = refusedPrecisions(pending, by: runner.engines).first { throw refused }
    // The survey does not ask.
    if isCancelled() { throw ExperimentError.interrupted(finished: 0, remaining: pending.count) }
    let stages = stages(pending)
    let clock = WorkClock(
      estimate(
        stages, costs: costs(residualRates: residualRates, engines: runner.engines, tell),
        again: Set(pending.filter { $0.state == .cached }.map(\.run.training)),
        writesReport: write != nil))
    defer { keep(clock) }
    tell(.began(clock))
    let started = Mutex(Set<TrainingSpec>())
    let progress: @Sendable (Runner.Event) -> Void = { event in
      clock.record(event)
      if case .started(let spec) = event { started.withLock { _ = $0.insert(spec) } }
      tell(.execution(event))
    }
    var (data, survey) = (data, stages[0].survey)
    var results = Results(records: [], samples: [], executed: 0)
    for stage in stages.indices {
      if stage > 0 {
        survey = try Survey(plan: stages[stage].plan, data: data, store: RunStore(folder: request.store))
      }
      let samples = try runner.drawSamples(survey, progress: progress)
      data = data.adding(samples)
      let records = try await runner.execute(survey, data: data, progress: progress)
      results = Results(
        records: records, samples: samples, executed: started.withLock { $0.count })
      if let write {
        clock.writing()
        tell(.writing)
        try write(results, stage == stages.count - 1)
        clock.written()
      }
    }
    return results
  }
}
