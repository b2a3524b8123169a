import LinearAlgebra
import NeuralNetworks
package import Planning
import RunStorage
package import Specifications

/// Parts of what many runs need, for tasks of their own: whoever needs the whole takes the parts that are there, and
/// makes the rest.
extension Runner {
  /// The networks in a block of a sample of functions.
  package static let samplesOfBlock = FunctionSampleExecution.standardBlockSize
  /// The initialisations in a block of a Monte-Carlo kernel.
  package static let initialisationsOfBlock = MonteCarloKernelExecution.standardBlockSize

  /// Draws and stores some blocks of a sample of functions, with all jobs.
  ///
  /// - Parameter numbers: which of its blocks, from 0.
  /// - Throws: ``ExperimentError/interruptedSampling(samples:)`` when cancelled, with the finished blocks stored;
  ///   `StorageError`.
  package func drawBlocks(
    _ numbers: Range<Int>, of sample: FunctionSampleSpec,
    progress: @escaping @Sendable (Event) -> Void = { _ in }
  ) throws {
    let execution = FunctionSampleExecution(
      spec: sample, store: FunctionSampleStore(folder: store.folder), claims: claims, workers: jobs,
      isCancelled: isCancelled)
    let isDone = try execution.drawBlocks(
      numbers, waiting: { progress(.waiting(.sample(sample))) }, onDamage: { progress(.damaged($0)) },
      progress: { progress(.sampling(sample, drawn: $0)) })
    if !isDone { throw ExperimentError.interruptedSampling(samples: sample.samples) }
  }

  /// Makes and stores some blocks of a Monte-Carlo kernel, on all cores.
  ///
  /// - Parameters:
  ///   - numbers: which of its blocks, from 0.
  ///   - settings: of a prior of `run`.
  /// - Throws: ``ExperimentError/interruptedAveraging`` when cancelled, with what was done stored; `StorageError`.
  package func averageBlocks(
    _ numbers: Range<Int>, of settings: PriorSettings, for run: PlannedRun, data: DataCatalogue,
    progress: @escaping @Sendable (Event) -> Void = { _ in }
  ) async throws {
    try await average(run) { execution in
      try execution.makeBlocks(
        numbers, run.training, entry: data[run.training], settings: settings,
        .init(of: run.training, to: progress))
    }
  }

  /// Makes and stores a Monte-Carlo kernel, on all cores, from the blocks that are there and those that are not.
  ///
  /// - Parameter settings: of a prior of `run`.
  /// - Throws: as ``averageBlocks(_:of:for:data:progress:)``.
  package func averageAll(
    of settings: PriorSettings, for run: PlannedRun, data: DataCatalogue,
    progress: @escaping @Sendable (Event) -> Void = { _ in }
  ) async throws {
    try await average(run) { execution in
      try execution.kernel(
        run.training, entry: data[run.training], settings: settings, .init(of: run.training, to: progress))
        != nil
    }
  }

  /// - Parameter work: gives false when it was cancelled.
  private func average(
    _ run: PlannedRun, _ work: @escaping @Sendable (MonteCarloKernelExecution) throws -> Bool
  ) async throws {
    let isDone = try await DedicatedThread.run {
      BLASRuntime.threadCount = 1
      return try work(
        MonteCarloKernelExecution(
          store: KernelStore(folder: store.folder), claims: claims,
          workspace: ResidualRuns([run], engines: engines).workspace, isCancelled: isCancelled))
    }
    if !isDone { throw ExperimentError.interruptedAveraging }
  }
}

extension MonteCarloKernelExecution.Reports {
  /// Tells of the kernel of `training` as events.
  init(of training: TrainingSpec, to tell: @escaping @Sendable (Runner.Event) -> Void) {
    self.init(
      waiting: { tell(.waiting(.kernel(training))) }, onDamage: { tell(.damaged($0)) },
      progress: { tell(.averaging(training, done: $0, of: $1)) })
  }
}
