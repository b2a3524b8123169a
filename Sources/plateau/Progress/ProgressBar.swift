import Experiments
import Foundation
import Synchronization
import Workflow

/// Shows a job's events on standard error: a live bar on a terminal, otherwise a line from time to time.
///
/// A class because the bar is drawn by a thread of its own while the job's threads report.
final class ProgressBar: Sendable {
  private struct State {
    /// The work under way; nil before it begins.
    var clock: WorkClock?
    /// When the work began.
    var start = ContinuousClock.now
    var lastLine = ContinuousClock.now
    var isOver = false

    /// Whether `interval` has gone by since the last plain line; notes that one is written now.
    mutating func isLineDue(after interval: Duration) -> Bool {
      let now = ContinuousClock.now
      guard lastLine.duration(to: now) > interval else { return false }
      lastLine = now
      return true
    }
  }
  private let state = Mutex(State())
  private let isTerminal = Console.isTerminal

  /// Takes note of one event.
  func record(_ event: WorkEvent) {
    switch event {
    case .dataDecided(let decision): note(decision.notice)
    case .damagedFile(let damage): note("\(damage)")
    case .engine(let description): note("ResNet-50 by \(description)")
    case .began(let clock): begin(clock)
    case .execution(let event): record(event)
    case .writing: if state.withLock({ $0.clock?.progress.hasWork == true }) { show(after: .zero) }
    case .written(let figures, let folder):
      note(
        "\(folder)/index.html stands with \(figures.count == 1 ? "Figure" : "Figures") "
          + "\(figures.joined(separator: ", ")); the others follow")
    }
  }

  /// Ends the bar.
  func finish() {
    let hasBar = state.withLock { state in
      defer { state.isOver = true }
      return !state.isOver && state.clock?.progress.hasWork == true
    }
    if isTerminal && hasBar { Console.note("") }
  }

  private func begin(_ clock: WorkClock) {
    state.withLock { state in
      state.clock = clock
      state.start = .now
      state.lastLine = state.start
    }
    guard isTerminal, clock.progress.hasWork else { return }
    // A thread of its own: the runs keep every thread of the task pool busy.
    Thread.detachNewThread { [weak self] in
      while let bar = self, !bar.state.withLock({ $0.isOver }) {
        bar.draw()
        Thread.sleep(forTimeInterval: 0.5)
      }
    }
  }

  private func record(_ event: Runner.Event) {
    if let text = ProgressText.notice(event, isTerminal: isTerminal) { note(text) }
    switch event {
    case .averaging, .sampling, .advanced, .finished: show(after: .seconds(5))
    // Epochs are many; on a terminal the bar's own thread shows them.
    case .trained: if !isTerminal { show(after: .seconds(60)) }
    case .preparing, .damaged, .replaced, .waiting, .sampled, .checkpoint, .started: break
    }
  }

  private func note(_ text: String) { Console.note("plateau: " + text) }

  private func show(after interval: Duration) {
    if isTerminal {
      draw()
    } else if state.withLock({ $0.isLineDue(after: interval) }) {
      if let text { note(text.line) }
    }
  }

  private func draw() {
    if let text { Console.redraw(text.bar(width: 24)) }
  }

  private var text: ProgressText? {
    let (clock, start) = state.withLock { ($0.clock, $0.start) }
    return clock.map { ProgressText(progress: $0.progress, elapsed: start.duration(to: .now)) }
  }
}
