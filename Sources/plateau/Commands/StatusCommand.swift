import ArgumentParser
import Clusters
import Foundation
import Workflow

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Shows the progress of work that was submitted to a cluster.",
    discussion: """
      The store says what is done; one call of squeue says what runs and waits. Exit status 1 where something failed.

      EXAMPLES
        plateau status --store /scratch/me/store
        plateau status --store /scratch/me/store --watch
      """)

  @Option(help: ArgumentHelp("The folder in which finished runs are stored.", valueName: "folder"))
  var store: String = WorkRequest.standard.store

  @Flag(help: "Show it again every ten seconds, until nothing runs or waits.")
  var watch = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if watch && json { throw ValidationError("--json prints one object, and --watch many; choose one") }
  }

  func run() async throws {
    try await Console.orExplain {
      while true {
        let status = try ClusterStatus(store: store, queue: try Slurm().queue())
        if json {
          try Console.print(json: StatusText.document(status))
        } else {
          if watch, isatty(STDOUT_FILENO) != 0 { print("\u{1B}[H\u{1B}[2J", terminator: "") }
          for line in StatusText.lines(status) { print(line) }
        }
        fflush(nil)
        if !watch || status.isOver {
          if !status.failures.isEmpty { throw ExitCode(1) }
          return
        }
        try await Task.sleep(for: .seconds(10))
      }
    }
  }
}

/// The words of a status.
enum StatusText {
  /// The most failures that are listed.
  private static let listed = 20

  static func lines(_ status: ClusterStatus) -> [String] {
    guard !status.counts.isEmpty else {
      return ["nothing of this store was handed to a cluster; 'plateau submit' does"]
    }
    var lines = ["           pieces         work"]
    for state in ClusterStatus.State.allCases {
      guard let count = status.counts[state] else { continue }
      lines.append(
        TextColumn.left(state.rawValue, 9) + TextColumn.right("\(count.items)", 8)
          + TextColumn.right(ProgressText.clock(count.seconds), 13))
      if state == .stored, status.notConverged > 0 { lines.append("  not converged: \(status.notConverged)") }
      if state == .stored, status.diverged > 0 { lines.append("  diverged: \(status.diverged)") }
    }
    let reasons = status.waitingTasks.sorted { $0.key < $1.key }.map { "\($0.value) for \($0.key)" }
    lines.append(
      "tasks: \(status.runningTasks) running"
        + (reasons.isEmpty ? "" : "; waiting: " + reasons.joined(separator: ", ")))
    if !status.heldTasks.isEmpty {
      lines.append("held by the cluster, until: scontrol release \(status.heldTasks.joined(separator: " "))")
    }
    if status.secondsOfWork > 0 {
      lines.append(
        "left: about \(ProgressText.clock(status.secondsOfWork)) of work"
          + (status.secondsLeft.map { ", \(ProgressText.clock($0)) with as many tasks at once as now" } ?? "")
      )
    }
    for failure in status.failures.prefix(listed) {
      lines += ["failed: \(failure.label): \(failure.reason)", "        \(failure.log)"]
    }
    if status.failures.count > listed {
      lines.append("and \(status.failures.count - listed) more that failed")
    }
    if status.counts[.dropped] != nil || !status.failures.isEmpty {
      lines.append("the same 'plateau submit' again sends what is neither stored nor queued")
    }
    return lines
  }

  /// The status for programs.
  struct Document: Encodable {
    struct Count: Encodable {
      let pieces: Int
      let seconds: Double
    }
    struct Failure: Encodable {
      let label: String
      let reason: String
      let log: String
    }
    let counts: [String: Count]
    let diverged: Int
    let failures: [Failure]
    let notConverged: Int
    let secondsLeft: Double?
    let secondsOfWork: Double
    let tasksRunning: Int
    let tasksWaiting: [String: Int]
  }

  static func document(_ status: ClusterStatus) -> Document {
    Document(
      counts: Dictionary(
        status.counts.map {
          ($0.key.rawValue, Document.Count(pieces: $0.value.items, seconds: $0.value.seconds))
        },
        uniquingKeysWith: { first, _ in first }),
      diverged: status.diverged,
      failures: status.failures.map { Document.Failure(label: $0.label, reason: $0.reason, log: $0.log) },
      notConverged: status.notConverged, secondsLeft: status.secondsLeft, secondsOfWork: status.secondsOfWork,
      tasksRunning: status.runningTasks, tasksWaiting: status.waitingTasks)
  }
}
