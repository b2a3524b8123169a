import Clusters
import Experiments
import Planning
import RunStorage
import Specifications

extension Workload {
  /// Whether the plan has what an item names.
  func plans(_ item: WorkItem) throws -> Bool {
    switch item.kind {
    case .run: survey.items.contains { $0.key == item.key }
    case .sample, .samplePart: survey.samples.contains { $0.key == item.key }
    case .kernel, .kernelPart: try kernel(of: item) != nil
    }
  }

  /// The run and the prior that ask for the kernel of an item.
  private func kernel(of item: WorkItem) throws -> (run: PlannedRun, settings: PriorSettings)? {
    for planned in survey.items {
      for (key, settings) in try monteCarloKernels(planned.run) where key == item.key {
        return (planned.run, settings)
      }
    }
    return nil
  }

  /// Makes a sample, a kernel or a part of one, and stores it.
  ///
  /// - Throws: `ExperimentError.interrupted…` when cancelled, `StorageError`, `ConvolutionEngineError`.
  func make(
    _ item: WorkItem, isCancelled: @escaping @Sendable () -> Bool,
    tell: @escaping @Sendable (WorkEvent) -> Void
  ) async throws {
    func runner(_ runs: [PlannedRun] = []) throws -> Runner {
      try self.runner(for: runs, isCancelled: isCancelled, tell: tell)
    }
    let progress: @Sendable (Runner.Event) -> Void = { tell(.execution($0)) }
    switch item.kind {
    case .run: preconditionFailure("expected a sample, a kernel or a part, got \(item.name)")
    case .sample: _ = try runner().drawSamples(survey, progress: progress)
    case .samplePart:
      guard let part = item.part, let spec = survey.samples.first(where: { $0.key == item.key })?.sample.spec
      else { return }
      try runner().drawBlocks(part.blocks(of: Runner.samplesOfBlock), of: spec, progress: progress)
    case .kernel:
      guard let (run, settings) = try kernel(of: item) else { return }
      try await runner([run]).averageAll(of: settings, for: run, data: data, progress: progress)
    case .kernelPart:
      guard let part = item.part, let (run, settings) = try kernel(of: item) else { return }
      try await runner([run]).averageBlocks(
        part.blocks(of: Runner.initialisationsOfBlock), of: settings, for: run, data: data, progress: progress
      )
    }
  }
}

extension Range<Int> {
  /// The numbers of the blocks that hold these, where a block holds `size` and the first begins at 0.
  fileprivate func blocks(of size: Int) -> Range<Int> { lowerBound / size..<(upperBound + size - 1) / size }
}
