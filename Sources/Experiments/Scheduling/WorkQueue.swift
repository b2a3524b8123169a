import Synchronization

/// The runs that wait, taken one by one by several workers.
final class WorkQueue: Sendable {
  private let waiting: Mutex<ArraySlice<Survey.Item>>

  init(_ items: [Survey.Item]) { waiting = Mutex(items[...]) }

  /// The next run; nil when all are taken.
  func next() -> Survey.Item? { waiting.withLock { $0.popFirst() } }
}
