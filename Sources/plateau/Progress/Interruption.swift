import Dispatch
import Foundation
import Synchronization

/// Ctrl-C (and SIGTERM) as a question that work asks: the first asks it to stop, a second ends the program at
/// once.
final class Interruption: Sendable {
  private let asked = Atomic(false)
  /// Kept alive, and never touched after `init`: Dispatch's types are not marked Sendable on Linux.
  nonisolated(unsafe) private var sources: [any DispatchSourceSignal] = []

  /// Whether the work should stop.
  var isRequested: Bool { asked.load(ordering: .relaxed) }

  init() {
    // A queue of its own: the global one waits for a free core, and the runs hold them all.
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
      // Not `exit`: that would take OpenBLAS apart while other threads are inside it.
      _exit(130)
    }
    Console.note("\nplateau: stopping; finished runs are kept. Press Ctrl-C again to exit at once.")
  }
}
