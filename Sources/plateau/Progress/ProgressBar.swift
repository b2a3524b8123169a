import Experiments
import Foundation
import Planning
import Synchronization

/// How far the runs are: a live bar on a terminal, now and then a plain line otherwise. On standard error.
final class ProgressBar: Sendable {
  private struct State {
    var finished = 0
    var finishedWeight = 0.0
    var running: [TrainingSpec] = []
    var lastLine = ContinuousClock.now
    var isOver = false
    /// Of the one run that reports how far it is: runs with a timeline go one by one.
    var partWeight = 0.0

    /// Whether five seconds have gone since the last plain line; notes that one is written now.
    mutating func isLineDue(always: Bool = false) -> Bool {
      let now = ContinuousClock.now
      let isDue = always || lastLine.duration(to: now) > .seconds(5)
      if isDue { lastLine = now }
      return isDue
    }
  }
  private let state = Mutex(State())
  private let total: Int
  private let weights: [TrainingSpec: Double]
  private let totalWeight: Double
  private let start = ContinuousClock.now
  private let isTerminal = isatty(STDERR_FILENO) != 0

  /// A bar over `runs`, each with the seconds it is expected to take.
  init(runs: [(run: TrainingSpec, seconds: Double)]) {
    total = runs.count
    weights = Dictionary(runs.map { ($0.run, $0.seconds) }, uniquingKeysWith: { first, _ in first })
    totalWeight = max(runs.reduce(0) { $0 + $1.seconds }, 1e-9)
    guard isTerminal else { return }
    // A thread of its own: the runs keep every thread of the task pool busy.
    Thread.detachNewThread { [weak self] in
      while let bar = self, !bar.state.withLock({ $0.isOver }) {
        bar.draw()
        Thread.sleep(forTimeInterval: 0.5)
      }
    }
  }

  /// Takes note of one event.
  func record(_ event: Runner.Event) {
    switch event {
    case .preparing: if !isTerminal { Console.note("plateau: runs to do: \(total); computing kernels") }
    case .replaced(let spec):
      Console.note(
        "plateau: the stored run with |A| = \(spec.attackSize), sample \(spec.sample) had come out differently, "
          + "on another machine or with other BLAS kernels; it is replaced")
    case .started(let spec): state.withLock { $0.running.append(spec) }
    case .advanced(let spec, let share):
      let isDue = state.withLock { state in
        state.partWeight = share * (weights[spec] ?? 0)
        return state.isLineDue()
      }
      if isTerminal { draw() } else if isDue { Console.note("plateau: " + line(width: nil)) }
    case .finished(let spec, let result, _):
      let isDue = state.withLock { state in
        state.finished += 1
        state.finishedWeight += weights[spec] ?? 0
        state.partWeight = 0
        state.running.removeAll { $0 == spec }
        return state.isLineDue(always: state.finished == total)
      }
      if result.status == .failed {
        Console.note(
          "plateau: the run with |A| = \(spec.attackSize), sample \(spec.sample) diverged in epoch \(result.epochs)"
        )
      }
      if isTerminal { draw() } else if isDue { Console.note("plateau: " + line(width: nil)) }
    }
  }

  /// Ends the bar.
  func finish() {
    let wasOver = state.withLock { state in
      defer { state.isOver = true }
      return state.isOver
    }
    if isTerminal && !wasOver && total > 0 { Console.note("") }
  }

  private func draw() {
    FileHandle.standardError.write(Data(("\r\u{1B}[K" + line(width: 24)).utf8))
  }

  private func line(width: Int?) -> String {
    let (finished, weight, running) = state.withLock {
      ($0.finished, $0.finishedWeight + $0.partWeight, $0.running)
    }
    let elapsed = start.duration(to: .now)
    let seconds = elapsed.seconds
    let share = weight / totalWeight
    var parts = ["\(finished)/\(total) runs", "\(Self.clock(seconds)) elapsed"]
    if share > 0, finished < total { parts.append("\(Self.clock(seconds * (1 - share) / share)) left") }
    if let width, let current = running.last {
      parts.append("|A| = \(current.attackSize), sample \(current.sample)")
      let filled = Int((share * Double(width)).rounded(.down))
      let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
      return bar + " " + parts.joined(separator: " · ")
    }
    return parts.joined(separator: ", ")
  }

  /// Seconds as m:ss, or h:mm:ss.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(max(0, seconds).rounded())
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(rest))" : "\(minutes):\(two(rest))"
  }
}
