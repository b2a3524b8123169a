import Dispatch
import Foundation
import Synchronization

/// The thread that renews all claims of this process, a beat after the last time.
///
/// A thread of its own: runs keep every thread of the task pool busy.
final class ClaimRenewal: Sendable {
  static let shared = ClaimRenewal()

  private struct State {
    var holds: [ObjectIdentifier: ClaimHold] = [:]
    var hasThread = false
  }
  private let state = Mutex(State())
  private let isChanged = DispatchSemaphore(value: 0)

  func add(_ hold: ClaimHold) {
    let isFirst = state.withLock { state in
      state.holds[ObjectIdentifier(hold)] = hold
      defer { state.hasThread = true }
      return !state.hasThread
    }
    if isFirst { Thread.detachNewThread { [self] in renew() } }
    isChanged.signal()
  }

  func remove(_ hold: ClaimHold) {
    state.withLock { _ = $0.holds.removeValue(forKey: ObjectIdentifier(hold)) }
  }

  private func renew() {
    while true {
      let holds = state.withLock { Array($0.holds.values) }
      for hold in holds where hold.due <= .now { hold.renew() }
      if let due = holds.map(\.due).min() {
        let seconds = max(0, ContinuousClock.now.duration(to: due) / .seconds(1))
        _ = isChanged.wait(timeout: .now() + seconds)
      } else {
        isChanged.wait()
      }
    }
  }
}
