import Foundation
import LinearAlgebra
import Synchronization

/// The same work on many items, several at once.
struct ParallelWork: Sendable {
  let workers: Int
  let isCancelled: @Sendable () -> Bool

  /// The number of items worked on at once: `workers`, but at most one on each core.
  var concurrency: Int { max(1, min(workers, ProcessInfo.processInfo.activeProcessorCount)) }

  /// The result for each item, in the items' order; nil when cancelled before all were done. `work` returns
  /// nil when it was cancelled itself.
  ///
  /// - Throws: the first error that `work` throws; no further item is then started.
  func map<Item: Sendable, Result: Sendable>(
    _ items: [Item], _ work: @Sendable (Item) throws -> Result?
  ) throws -> [Result]? {
    let results = Mutex([Result?](repeating: nil, count: items.count))
    let failure = Mutex<(any Error)?>(nil)
    let next = Atomic(0)
    ProcessorMeter.concurrently(max(1, min(workers, items.count))) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < items.count, !isCancelled(), failure.withLock({ $0 == nil }) else { return }
        do {
          let result = try work(items[index])
          results.withLock { $0[index] = result }
        } catch {
          failure.withLock { $0 = $0 ?? error }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    let all = results.withLock { $0 }
    let done = all.compactMap(\.self)
    return done.count == items.count ? done : nil
  }
}
