import LinearAlgebra
package import NeuralNetworks
import Planning
package import RunStorage
import Specifications

/// Executes what a survey found missing, several runs at once, and stores each as it ends.
///
/// One BLAS thread and `jobs` runs at once; kernels are computed before. Runs with a timeline come after the
/// others, one by one, each with `jobs` of its points at once. The number of BLAS threads changes the order
/// of sums, so it is one everywhere: results depend neither on `jobs` nor on the number of cores. Runs of
/// families that take the whole machine (``FamilyTraits/Scheduling``) come last, one by one on all cores,
/// whatever `jobs` is.
package struct Runner: Sendable {
  let store: RunStore
  let jobs: Int
  /// What makes the engine of residual networks.
  package let engines: any EngineFactory
  private let keepsWeights: Bool
  let isCancelled: @Sendable () -> Bool

  /// - Parameters:
  ///   - jobs: how many runs at once; at least 1.
  ///   - engines: makes the engine of residual networks.
  ///   - keepsWeights: whether the trained weights, S and its labels are written to the store's `weights`
  ///     folder.
  ///   - isCancelled: asked between epochs. Unfinished runs then stop and leave checkpoints; finished runs
  ///     stay stored.
  package init(
    store: RunStore, jobs: Int, engines: any EngineFactory, keepsWeights: Bool = false,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    precondition(jobs > 0, "expected at least one job, got \(jobs)")
    self.store = store
    self.jobs = jobs
    self.engines = engines
    self.keepsWeights = keepsWeights
    self.isCancelled = isCancelled
  }

  /// The runs that ``execute(_:data:progress:)`` will execute: those that are not stored whole, or whose
  /// weights are wanted and not there.
  ///
  /// - Parameter onDamage: called with a file of weights that was set aside.
  /// - Throws: `StorageError` where weights are wanted and cannot be read.
  package func pending(
    _ survey: Survey, onDamage: (DamagedFile) -> Void = { _ in }
  ) throws -> [Survey.Item] {
    let kept = keepsWeights ? try weights.intact(survey.items.map(\.key), onDamage: onDamage) : []
    return survey.items.filter { $0.state != .cached || (keepsWeights && !kept.contains($0.key)) }
  }

  /// Draws the samples of functions that are not stored, one after the other, each with all jobs, and returns
  /// every record, in the plan's order.
  ///
  /// - Throws: ``ExperimentError/interrupted(finished:remaining:)`` when cancelled; `StorageError` when
  ///   something cannot be written. The blocks that are drawn stay stored, and the next call resumes
  ///   from them.
  package func drawSamples(
    _ survey: Survey, progress: @escaping @Sendable (Event) -> Void = { _ in }
  ) throws -> [FunctionSampleRecord] {
    try survey.samples.map { item in
      if let record = item.record { return record }
      let spec = item.sample.spec
      let execution = FunctionSampleExecution(
        spec: spec, store: FunctionSampleStore(folder: store.folder), claims: claims, workers: jobs,
        isCancelled: isCancelled)
      let record = try execution.execute(
        waiting: { progress(.waiting(.sample(spec))) }, onDamage: { progress(.damaged($0)) }
      ) { drawn in
        progress(.sampling(spec, drawn: drawn))
      }
      guard let record else {
        throw ExperimentError.interruptedSampling(samples: spec.samples)
      }
      progress(.sampled(spec))
      return record
    }
  }

  /// Executes the pending runs of `survey` and returns the record of every run, in the plan's order.
  ///
  /// Runs are left out if the sample did not find the function that is their target.
  ///
  /// - Parameter data: with the samples of ``drawSamples(_:progress:)``.
  /// - Throws: ``ExperimentError/interrupted(finished:remaining:)`` when cancelled; `StorageError` when a
  ///   record cannot be written.
  package func execute(
    _ survey: Survey, data: DataCatalogue, progress: @escaping @Sendable (Event) -> Void = { _ in }
  ) async throws -> [RunRecord] {
    let items = try pending(survey) { progress(.damaged($0)) }.filter { data.hasData($0.run.training) }
    let fresh = try await execute(items, data: data, progress: progress)
    return try survey.items.filter { data.hasData($0.run.training) }.map { item in
      if let record = fresh[item.key] ?? item.record { return record }
      throw ExperimentError.interrupted(finished: fresh.count, remaining: items.count - fresh.count)
    }
  }

  private func execute(
    _ items: [Survey.Item], data: DataCatalogue, progress: @escaping @Sendable (Event) -> Void
  ) async throws -> [ContentKey: RunRecord] {
    guard !items.isEmpty else { return [:] }
    // Not restored at the end: the number belongs to the process, and another runner may be at work by then.
    BLASRuntime.threadCount = 1
    progress(.preparing(runs: items.map(\.run.training)))
    let kernels = try KernelCatalogue(runs: items.map(\.run), data: data)
    func runs(in lane: RunLane) -> [Survey.Item] { items.filter { $0.run.lane == lane } }
    let alone = runs(in: .wholeMachine)
    var finished: [ContentKey: RunRecord] = [:]
    for (items, workers) in [(runs(in: .oneWorker), 1), (runs(in: .allWorkers), jobs)]
    where !items.isEmpty {
      let queue = WorkQueue(items)
      try await withThrowingTaskGroup(of: [RunRecord].self) { group in
        for _ in 0..<min(jobs / workers, items.count) {
          group.addTask {
            let family = FullyConnectedFamily(
              kernels: kernels, workspaces: PriorWorkspaces(), workers: workers)
            var records: [RunRecord] = []
            while !isCancelled(), !Task.isCancelled, let item = queue.next({ progress(.waiting(.run($0))) }) {
              guard let claim = try claims.claim(item.key) else {
                queue.postpone(item)
                continue
              }
              defer { withExtendedLifetime(claim) {} }
              let record = try execute(
                claimed: item, by: claim, family: family, context: context(item, data), data: data,
                progress: progress)
              if let record {
                records.append(record)
              } else if claim.isLost {
                queue.postpone(item)
              } else {
                break
              }
            }
            return records
          }
        }
        for try await records in group {
          for record in records { finished[record.key] = record }
        }
      }
    }
    if !alone.isEmpty, !isCancelled() {
      for record in try await DedicatedThread.run({
        try execute(alone: alone, kernels: kernels, data: data, progress: progress)
      }) { finished[record.key] = record }
    }
    if finished.count < items.count {
      throw ExperimentError.interrupted(finished: finished.count, remaining: items.count - finished.count)
    }
    return finished
  }

  /// Executes runs that take the whole machine on this thread, each after the kernels that it needs. Returns
  /// the finished ones, also when cancelled.
  private func execute(
    alone items: [Survey.Item], kernels: KernelCatalogue, data: DataCatalogue,
    progress: @escaping @Sendable (Event) -> Void
  ) throws -> [RunRecord] {
    var kernels = kernels
    let runs = try ResidualRuns(items.map(\.run), engines: engines)
    var records: [RunRecord] = []
    for item in items {
      let training = item.run.training
      let record = try claims.holding(
        item.key, isCancelled: isCancelled, waiting: { progress(.waiting(.run(training))) }
      ) { claim throws -> RunRecord? in
        let averaging = MonteCarloKernelExecution(
          store: KernelStore(folder: store.folder), claims: claims, workspace: runs.workspace,
          isCancelled: { isCancelled() || claim.isLost })
        for settings in item.run.measurements.flatMap(\.priors) where !kernels.contains(training, settings) {
          let kernel = try averaging.kernel(
            training, entry: data[training], settings: settings, .init(of: training, to: progress))
          guard let kernel else { return nil }
          try kernels.add(kernel, for: training, settings)
        }
        kernels.addMarginalLikelihoods(of: item.run, data: data)
        let context = context(item, data)
        let family = ResidualFamily(
          kernels: kernels, workspace: runs.workspace, engines: engines, context: context)
        return try execute(
          claimed: item, by: claim, family: family, context: context, data: data, progress: progress)
      }
      guard let record else { break }
      records.append(record)
    }
    return records
  }

  private func context(_ item: Survey.Item, _ data: DataCatalogue) -> RunContext {
    RunContext(item.run.training, split: data[item.run.training].split)
  }

  /// A run as it is stored now that it is claimed, since another process may have executed it: nil where nothing
  /// is left to do.
  private func left(
    of item: Survey.Item, progress: (Event) -> Void
  ) throws -> (item: Survey.Item?, record: RunRecord?) {
    let now = try item.surveyed(in: store)
    if case .damaged(let damage) = now.state { progress(.damaged(damage)) }
    let isLeft = try !pending(Survey(items: [now], samples: []), onDamage: { progress(.damaged($0)) }).isEmpty
    return (isLeft ? now : nil, now.record)
  }

  /// Executes one run that is claimed and stores it, step by step; nil when cancelled meanwhile, or when the
  /// claim is lost.
  private func execute(
    claimed item: Survey.Item, by claim: WorkClaims.Claim, family: some NetworkFamily, context: RunContext,
    data: DataCatalogue, progress: @escaping @Sendable (Event) -> Void
  ) throws -> RunRecord? {
    let left = try left(of: item, progress: progress)
    guard let item = left.item else {
      if let record = left.record { progress(.finished(record.spec, record.results.training, seconds: 0)) }
      return left.record
    }
    let training = item.run.training
    let isStopped: @Sendable () -> Bool = { isCancelled() || claim.isLost }
    let checkpoints = RunCheckpoints(
      store: CheckpointStore(folder: store.folder), run: item.key, arithmetic: family.arithmetic,
      isCancelled: isCancelled, isLost: { claim.isLost }, tell: { progress(.checkpoint(training, $0)) })
    do {
      let record = try execute(
        item, arithmetic: family.arithmetic, convolutions: { checkpoints.madeBy }, data: data,
        progress: progress
      ) { step, known, progress in
        // A run that has the machine has the process, with the threads of its engine.
        try ProcessorMeter.following(family.traits.scheduling == .wholeMachine ? .ofProcess : .ofWork) {
          try RunExecution(
            family: family, context: context, checkpoints: checkpoints, isCancelled: isStopped,
            progress: progress
          ).execute(step, known: known)
        }
      }
      checkpoints.remove()
      return record
    } catch  where isStopped() {
      return nil
    }
  }

  /// Executes the steps of one run and stores each.
  ///
  /// - Parameters:
  ///   - convolutions: the engines that had a part in the run.
  ///   - perform: executes a step, given the stored record of the run, and reports its progress.
  private func execute(
    _ item: Survey.Item, arithmetic: FamilyArithmetic, convolutions: () -> String, data: DataCatalogue,
    progress: @escaping @Sendable (Event) -> Void,
    perform: (PlannedRun, RunResult?, RunProgress) throws -> RunOutcome
  ) throws -> RunRecord {
    let training = item.run.training
    progress(.started(training))
    var (record, seconds) = (item.record, 0.0)
    func execute(_ step: PlannedRun, keepsWeights: Bool) throws {
      let outcome = try perform(
        step, record?.results,
        RunProgress(
          part: { progress(.advanced(training, $0, share: $1)) },
          epoch: { progress(.trained(training, epochs: $0, accuracy: $1)) }))
      // Measurements for other figures, or from earlier calls, stay in the record.
      let written = try store.write(self.record(item, outcome, arithmetic, convolutions(), data: data))
      if written.superseded != nil { progress(.replaced(training)) }
      if keepsWeights { try keepWeights(outcome.network, of: item, data: data) }
      seconds += outcome.seconds
      record = written.record
    }
    for (index, step) in item.left.steps.enumerated() {
      try execute(step, keepsWeights: keepsWeights && index == 0)
    }
    // What was stored is gone if the training took another course than it had taken then.
    for step in item.run.steps where record.map({ step.measurements.contains(where: $0.misses) }) ?? false {
      try execute(step, keepsWeights: false)
    }
    guard let record else { preconditionFailure("expected a run with at least one step") }
    progress(.finished(training, record.results.training, seconds: seconds))
    return record
  }

  private func record(
    _ item: Survey.Item, _ outcome: RunOutcome, _ arithmetic: FamilyArithmetic, _ convolutions: String,
    data: DataCatalogue
  ) throws -> RunRecord {
    let entry = data[item.run.training]
    return try RunRecord(
      spec: item.run.training, dataDigest: entry.digest, dataSummary: entry.summary, results: outcome.result,
      provenance: RunProvenance(
        plateauVersion: BuildFacts.plateauVersion, blasKernel: BLASRuntime.kernelName,
        blasLibrary: BLASRuntime.configuration,
        convolutions: arithmetic.convolutions.map { _ in convolutions },
        architecture: BuildFacts.architecture, swiftVersion: BuildFacts.swiftVersion,
        packages: BuildFacts.packages, replayClass: arithmetic.replayClass,
        secondsOfTraining: outcome.ofTraining.seconds,
        secondsByMeasurement: outcome.byMeasurement.mapValues(\.seconds),
        processorSecondsOfTraining: outcome.ofTraining.processorSeconds,
        processorSecondsByMeasurement: outcome.byMeasurement.compactMapValues(\.processorSeconds)))
  }

  var claims: WorkClaims { WorkClaims(store: store.folder) }
}
