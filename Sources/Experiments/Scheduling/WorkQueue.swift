import Foundation
import RunStorage
import Specifications
import Synchronization

/// The runs that wait, taken one by one by several workers; those that another process executes come last.
final class WorkQueue: Sendable {
  private struct State {
    var waiting: ArraySlice<Survey.Item>
    /// Those that were found to be executed elsewhere, the one that was found first in front.
    var elsewhere: [Survey.Item] = []
    var hasToldOfWaiting = false
  }
  private let state: Mutex<State>

  init(_ items: [Survey.Item]) { state = Mutex(State(waiting: items[...])) }

  /// The next run; nil when all are taken. Where only runs are left that another process executes, calls
  /// `waiting` with one of them, once, and gives that process a moment.
  func next(_ waiting: (TrainingSpec) -> Void) -> Survey.Item? {
    let (item, isElsewhere, isFirst) = state.withLock { state -> (Survey.Item?, Bool, Bool) in
      if let item = state.waiting.popFirst() { return (item, false, false) }
      guard !state.elsewhere.isEmpty else { return (nil, false, false) }
      defer { state.hasToldOfWaiting = true }
      return (state.elsewhere.removeFirst(), true, !state.hasToldOfWaiting)
    }
    if isElsewhere, let item {
      if isFirst { waiting(item.run.training) }
      usleep(WorkClaims.pause)
    }
    return item
  }

  /// Puts a run back that another process executes.
  func postpone(_ item: Survey.Item) { state.withLock { $0.elsewhere.append(item) } }
}
