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
      return holds(.sample, item) || hasBlocks(of: item, .sample) ? .stored : .missing
    case .kernelPart: return holds(.kernel, item) || hasBlocks(of: item, .kernel) ? .stored : .missing
    }
  }

  private func holds(_ kind: StoredKind, _ item: WorkItem) -> Bool {
    StoredProgress(store: store).holds(kind, item.key)
  }

  private func hasBlocks(of item: WorkItem, _ kind: StoredKind) -> Bool {
    guard let part = item.part else { return false }
    let blocks = StoredProgress(store: store).blocks(of: kind, item.key)
    return blocks.filter { part.contains($0.lowerBound) }.reduce(0) { $0 + $1.count } >= part.count
  }
}

extension RunGlance {
  /// Whether nothing of the run is left to do: a training that diverged has nothing to measure.
  package func isWhole(_ item: WorkItem) -> Bool {
    status == .failed || item.measurements.allSatisfy(measurements.contains)
  }
}
