import Dispatch
import Foundation
import Synchronization

/// Ctrl-C (and SIGTERM, and SIGHUP of a terminal that is closed) as a question that work asks: the first asks it
/// to stop, a second ends the program at once.
final class Interruption: Sendable {
  /// Who may interrupt, and how.
  enum Audience {
    /// Somebody at a terminal, whose second Ctrl-C ends the program at once.
    case person
    /// A cluster's engine, which warns by SIGUSR1 before a time limit and may send several signals for one stop.
    case engine
  }
  private let audience: Audience
  private let asked = Atomic(false)
  /// Kept alive, and never touched after `init`: Dispatch's types are not marked Sendable on Linux.
  nonisolated(unsafe) private var sources: [any DispatchSourceSignal] = []

  /// Whether the work should stop.
  var isRequested: Bool { asked.load(ordering: .relaxed) }

  init(_ audience: Audience = .person) {
    self.audience = audience
    // A queue of its own: the global one waits for a free core, and the runs hold them all.
    let queue = DispatchQueue(label: "plateau.interruption")
    for number in [SIGINT, SIGTERM, SIGHUP] + (audience == .engine ? [SIGUSR1] : []) {
      // What `nohup` has made the program ignore stays ignored.
      let before = signal(number, SIG_IGN)
      if number == SIGHUP, Self.isIgnoring(before) { continue }
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [weak self] in self?.request() }
      source.resume()
      sources.append(source)
    }
  }

  private static func isIgnoring(_ handler: sighandler_t?) -> Bool {
    unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  private func request() {
    if asked.exchange(true, ordering: .relaxed) {
      if audience == .engine { return }
      // Not `exit`: that would take OpenBLAS apart while other threads are inside it.
      _exit(130)
    }
    Console.note(
      audience == .engine
        ? "plateau: stopping; finished runs are kept, and checkpoints are written"
        : "\nplateau: stopping; finished runs are kept. Press Ctrl-C again to exit at once.")
  }
}
