import Dispatch
import Foundation
import Synchronization

/// Ctrl-C (and SIGTERM) as a question that work asks: the first asks it to stop, a second ends the program at once.
final class Interruption: Sendable {
  private let asked = Atomic(false)
  /// Kept alive, and never touched after `init`: Dispatch's types are not marked Sendable on Linux.
  nonisolated(unsafe) private var sources: [any DispatchSourceSignal] = []

  /// Whether the work should stop.
  var isRequested: Bool { asked.load(ordering: .relaxed) }

  init() {
    // A queue of its own, which gets a thread even while runs keep every thread of the task pool busy; on the
    // global queue the signal would wait for them to end.
    let queue = DispatchQueue(label: "plateau.interruption")
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [weak self] in self?.request() }
      source.resume()
      sources.append(source)
    }
  }

  private func request() {
    if asked.exchange(true, ordering: .relaxed) {
      exit(130)
    }
    Console.note("\nplateau: stopping; finished runs are kept. Press Ctrl-C again to leave at once.")
  }
}
