import Experiments
import Foundation
import Synchronization
import Workflow

/// Shows a job's events on standard error: a live bar on a terminal, otherwise a line from time to time.
///
/// A class because the bar is drawn by a thread of its own while the job's threads report.
final class ProgressBar: Sendable {
  private struct State {
    var progress = WorkProgress(WorkEstimate())
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
    case .estimated(let estimate): begin(estimate)
    case .execution(let event): record(event)
    }
  }

  /// Ends the bar.
  func finish() {
    let hasBar = state.withLock { state in
      defer { state.isOver = true }
      return !state.isOver && state.progress.hasWork
    }
    if isTerminal && hasBar { Console.note("") }
  }

  private func begin(_ estimate: WorkEstimate) {
    state.withLock { state in
      state.progress = WorkProgress(estimate)
      state.start = .now
      state.lastLine = state.start
    }
    guard isTerminal, !estimate.isEmpty else { return }
    // A thread of its own: the runs keep every thread of the task pool busy.
    Thread.detachNewThread { [weak self] in
      while let bar = self, !bar.state.withLock({ $0.isOver }) {
        bar.draw()
        Thread.sleep(forTimeInterval: 0.5)
      }
    }
  }

  private func record(_ event: Runner.Event) {
    let isLast = state.withLock { state in
      state.progress.record(event)
      return state.progress.finished == state.progress.total
    }
    if let text = ProgressText.notice(event, isTerminal: isTerminal) { note(text) }
    switch event {
    case .averaging, .sampling, .advanced: show(after: .seconds(5))
    case .finished: show(after: isLast ? .zero : .seconds(5))
    // Epochs are many; on a terminal the bar's own thread shows them.
    case .trained: if !isTerminal { show(after: .seconds(60)) }
    case .preparing, .damagedKernel, .replaced, .waiting, .sampled, .checkpoint, .started: break
    }
  }

  private func note(_ text: String) { Console.note("plateau: " + text) }

  private func show(after interval: Duration) {
    if isTerminal {
      draw()
    } else if state.withLock({ $0.isLineDue(after: interval) }) {
      note(text.line)
    }
  }

  private func draw() { Console.redraw(text.bar(width: 24)) }

  private var text: ProgressText {
    state.withLock { ProgressText(progress: $0.progress, elapsed: $0.start.duration(to: .now)) }
  }
}
