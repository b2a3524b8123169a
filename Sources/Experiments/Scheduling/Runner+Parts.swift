import NeuralNetworks
package import Planning
package import RunStorage
package import Specifications

/// Parts of what many runs need, for tasks of their own: whoever needs the whole takes the parts that are there, and
/// makes the rest.
extension Runner {
  /// The number of blocks of a sample of functions.
  package static func blockCount(_ sample: FunctionSampleSpec) -> Int {
    let size = FunctionSampleExecution.standardBlockSize
    return (sample.samples + size - 1) / size
  }

  /// The number of blocks of a Monte-Carlo kernel; 0 for a kernel in closed form.
  package static func blockCount(_ settings: PriorSettings, points: Int) -> Int {
    guard let initialisations = settings.initialisations(points: points) else { return 0 }
    let size = MonteCarloKernelExecution.standardBlockSize
    return (initialisations + size - 1) / size
  }

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
    let training = run.training
    let isDone = try await DedicatedThread.run {
      try MonteCarloKernelExecution(
        store: KernelStore(folder: store.folder), claims: claims,
        workspace: ResidualRuns([run], engines: engines).workspace, isCancelled: isCancelled
      ).makeBlocks(
        numbers, training, entry: data[training], settings: settings, .init(of: training, to: progress))
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
