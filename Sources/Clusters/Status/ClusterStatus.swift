import Foundation
import Planning
import RunStorage
import Specifications

/// Where the work of a store's submissions stands: what the store holds, beside what the engine has in its queue.
package struct ClusterStatus: Sendable {
  /// Where an item stands.
  package enum State: String, CaseIterable, Sendable {
    case stored, running, waiting, failed
    /// Neither stored nor queued: it was taken back, or its task was lost before it began.
    case dropped
  }
  /// Items with the work that they are.
  package struct Count: Sendable, Equatable {
    package fileprivate(set) var items = 0
    /// Expected seconds.
    package fileprivate(set) var seconds = 0.0
  }
  /// An item that cannot be made, or whose task ended without it.
  package struct Failure: Sendable, Equatable {
    package let label: String
    package let reason: String
    /// The log of its task.
    package let log: String
  }
  package private(set) var counts: [State: Count] = [:]
  package private(set) var failures: [Failure] = []
  /// The stored runs that came to the cap on their epochs, and those that diverged.
  package private(set) var notConverged = 0
  package private(set) var diverged = 0
  /// The tasks that run now, and those that wait, with the engine's reasons.
  package private(set) var runningTasks = 0
  package private(set) var waitingTasks: [String: Int] = [:]
  /// The tasks that wait until somebody releases them, as the engine numbers them.
  package private(set) var heldTasks: [String] = []
  /// Seconds of the longest item that is not stored.
  private var longest = 0.0

  /// Reads the submissions of the store in `folder`, the newest first: an item belongs to the last that sent it.
  ///
  /// - Throws: `Submission.Unreadable`.
  package init(store folder: String, queue: [Slurm.QueuedTask]) throws(Submission.Unreadable) {
    let stored = StoredWork(store: folder)
    var seen: Set<String> = []
    for submission in Submission.all(inStore: folder).reversed() {
      let manifest = try submission.manifest()
      let names = Set(manifest.jobs.map(\.name))
      let tasks = queue.filter { names.contains($0.name) }
      runningTasks += tasks.count { $0.isRunning }
      for task in tasks where !task.isRunning {
        waitingTasks[task.reason, default: 0] += 1
        if task.reason.lowercased().contains("held") {
          heldTasks.append(task.job + (task.task.map { "_\($0)" } ?? ""))
        }
      }
      let byJob = Dictionary(grouping: tasks, by: \.name)
      for array in try submission.list().arrays {
        let queued = Dictionary(
          (byJob[Manifest.jobName(manifest.id, array: array.name)] ?? []).compactMap { task in
            task.task.map { ($0, task) }
          }, uniquingKeysWith: { first, _ in first })
        for (number, items) in array.tasks.enumerated() {
          add(
            items.filter { seen.insert($0.name).inserted },
            TaskState(
              submission: submission, array: array.name, number: number, queued: queued[number],
              isCancelled: manifest.isCancelled),
            stored)
        }
      }
    }
  }

  /// What is known of one task.
  private struct TaskState {
    let submission: Submission
    let array: String
    let number: Int
    let queued: Slurm.QueuedTask?
    let isCancelled: Bool
  }

  private mutating func add(_ items: [WorkItem], _ task: TaskState, _ stored: StoredWork) {
    var left: [WorkItem] = []
    for item in items {
      switch stored.outcome(of: item) {
      case .missing: left.append(item)
      case .stored: add(item, .stored)
      case .run(let status):
        add(item, .stored)
        notConverged += status == .notConverged ? 1 : 0
        diverged += status == .failed ? 1 : 0
      }
    }
    guard !left.isEmpty else { return }
    let log = task.submission.logPath(task.array, task.number)
    let attempts = TaskAttempts.read(task.submission.attemptsPath(task.array, task.number))
    let underWay = Set(UnderWay.read(task.submission.underWayPath(task.array, task.number)))
    for item in left {
      let state = state(item, task, attempts, underWay)
      add(item, state)
      if state == .failed {
        failures.append(
          Failure(
            label: item.label,
            reason: attempts.failures[item.name] ?? task.submission.lastLine(ofLog: log)
              ?? "its log is empty",
            log: log))
      } else {
        longest = max(longest, item.seconds)
      }
    }
  }

  private func state(
    _ item: WorkItem, _ task: TaskState, _ attempts: TaskAttempts, _ underWay: Set<String>
  ) -> State {
    if let queued = task.queued {
      return queued.isRunning && underWay.contains(item.name) ? .running : .waiting
    }
    if task.isCancelled { return .dropped }
    return attempts.count > 0 ? .failed : .dropped
  }

  private mutating func add(_ item: WorkItem, _ state: State) {
    counts[state, default: Count()].items += 1
    counts[state, default: Count()].seconds += item.seconds
  }

  /// Whether nothing runs or waits.
  package var isOver: Bool { runningTasks == 0 && waitingTasks.isEmpty }

  /// Expected seconds of work of what runs and waits.
  package var secondsOfWork: Double {
    [State.running, .waiting].reduce(0) { $0 + (counts[$1]?.seconds ?? 0) }
  }

  /// Expected seconds until it is done, with as many tasks at once as now; nil where none runs.
  package var secondsLeft: Double? {
    runningTasks == 0 ? nil : max(secondsOfWork / Double(runningTasks), longest)
  }
}
