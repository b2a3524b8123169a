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
    case .kernel, .kernelPart:
      try survey.items.contains { try monteCarloKernels($0.run).contains { $0.key == item.key } }
    }
  }

  /// Makes a sample, a kernel or a part of one, and stores it.
  ///
  /// - Throws: `ExperimentError.interrupted` when cancelled, `StorageError`.
  func make(
    _ item: WorkItem, isCancelled: @escaping @Sendable () -> Bool,
    tell: @escaping @Sendable (WorkEvent) -> Void
  ) async throws {
    let runner = runner(isCancelled: isCancelled)
    let progress: @Sendable (Runner.Event) -> Void = { tell(.execution($0)) }
    switch item.kind {
    case .run: preconditionFailure("expected a sample, a kernel or a part, got \(item.name)")
    case .sample, .samplePart:
      for sample in survey.samples where sample.key == item.key {
        _ = (sample, progress, runner)
      }
    case .kernel, .kernelPart:
      for run in survey.items {
        for (key, settings) in try monteCarloKernels(run.run) where key == item.key {
          _ = (run, settings)
        }
      }
    }
  }
}
