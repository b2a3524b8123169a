import Planning
import RunStorage
import Specifications

/// What a store holds of items of work.
struct StoredWork {
  let store: String

  /// What became of an item.
  enum Outcome: Equatable {
    case missing
    case stored
    /// A run is whole, and its training ended so.
    case run(TrainingResult.Status)
  }

  func outcome(of item: WorkItem) -> Outcome {
    switch item.kind {
    case .run:
      guard let glance = RunGlance(item.key, inStore: store), glance.isWhole(item) else { return .missing }
      return .run(glance.status)
    case .sample: return holds(.sample, item) ? .stored : .missing
    case .kernel: return holds(.kernel, item) ? .stored : .missing
    case .samplePart:
      let blocks = FunctionSampleStore(folder: store).blocks(of: item.key)
      return holds(.sample, item) || blocks.hold(item) ? .stored : .missing
    case .kernelPart:
      let blocks = KernelStore(folder: store).blocks(of: item.key)
      return holds(.kernel, item) || blocks.hold(item) ? .stored : .missing
    }
  }

  private func holds(_ kind: StoredKind, _ item: WorkItem) -> Bool {
    StoredProgress(store: store).holds(kind, item.key)
  }
}

extension StoredBlocks {
  /// Whether they have all of a part.
  fileprivate func hold(_ item: WorkItem) -> Bool {
    guard let part = item.part else { return false }
    return ranges.filter { part.contains($0.lowerBound) }.reduce(0) { $0 + $1.count } >= part.count
  }
}

extension RunGlance {
  /// Whether nothing of the run is left to do: a training that diverged has nothing to measure.
  package func isWhole(_ item: WorkItem) -> Bool {
    status == .failed || item.measurements.allSatisfy(measurements.contains)
  }
}
