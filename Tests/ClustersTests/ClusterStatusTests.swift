import Foundation
import Planning
import Testing

@testable import Clusters

@Suite("Status of a store's submissions") struct ClusterStatusTests {
  private let folder: String
  private let submission: Submission
  private let manifest: Manifest

  init() throws {
    folder = NSTemporaryDirectory() + "plateau-status-\(UUID().uuidString)"
    submission = try Submission.make(inStore: folder, date: Date(timeIntervalSince1970: 1e9))
    let arrays = WorkArray.packing(
      [SampleWork.run(1), SampleWork.run(2), SampleWork.run(3)], taskSeconds: 60, largest: 10)
    try submission.write(WorkList(arrays))
    let id = submission.id
    let jobs = arrays.map { array in
      Manifest.Job(
        name: Manifest.jobName(id, array: array.name), array: array.name, tasks: array.tasks.count,
        cores: 1, megabytes: 400, atOnce: nil, after: [])
    }
    manifest = Manifest(
      id: id, date: "2001-09-09T01:46:40Z", plateauVersion: "1",
      request: .init(profile: "smoke", figures: nil, seed: 1, store: folder, data: nil), output: "/report",
      options: [], jobs: jobs)
    try submission.write(manifest)
  }

  private func queued(_ task: Int, isRunning: Bool) -> Slurm.QueuedTask {
    Slurm.QueuedTask(
      name: manifest.jobs[0].name, job: "7", task: task, isRunning: isRunning, reason: "Priority")
  }

  private func counts(_ status: ClusterStatus) -> [ClusterStatus.State: Int] {
    status.counts.mapValues(\.items)
  }

  @Test("what is queued waits or runs, and what is not was dropped")
  func queue() throws {
    let name = SampleWork.run(1).name
    UnderWay(path: submission.underWayPath("core-runs-0", 0)).begin(name)
    let status = try ClusterStatus(
      store: folder, queue: [queued(0, isRunning: true), queued(1, isRunning: false)])
    #expect(counts(status) == [.running: 1, .waiting: 1, .dropped: 1])
    #expect(status.secondsOfWork == 120 && status.secondsLeft == 120 && status.runningTasks == 1)
    #expect(status.waitingTasks == ["Priority": 1])
  }

  @Test("what the cluster holds is told with its number")
  func held() throws {
    let task = Slurm.QueuedTask(
      name: manifest.jobs[0].name, job: "7", task: 2, isRunning: false, reason: "launch failed requeued held")
    let status = try ClusterStatus(store: folder, queue: [task, queued(1, isRunning: false)])
    #expect(status.heldTasks == ["7_2"] && status.waitingTasks["Priority"] == 1)
  }

  @Test("a task that ended without its work has failed, with the last line of its log")
  func failure() throws {
    var attempts = TaskAttempts()
    attempts.begin(progress: "x", underWay: [], wasTakenAway: false)
    try attempts.write(to: submission.attemptsPath("core-runs-0", 2))
    let log = submission.logPath("core-runs-0", 2)
    try "first\nslurmstepd: error: Exceeded job memory limit\n\n".write(
      toFile: log, atomically: true, encoding: .utf8)
    let status = try ClusterStatus(store: folder, queue: [])
    #expect(counts(status) == [.failed: 1, .dropped: 2])
    #expect(status.isOver)
    let failure = try #require(status.failures.first)
    #expect(failure.reason == "slurmstepd: error: Exceeded job memory limit" && failure.log == log)
    // The reason that the task itself noted says more.
    _ = attempts.end(failures: [SampleWork.run(3).name: "the kernel is singular"])
    try attempts.write(to: submission.attemptsPath("core-runs-0", 2))
    #expect(try ClusterStatus(store: folder, queue: []).failures.first?.reason == "the kernel is singular")
  }

  @Test("a submission that was taken back failed at nothing")
  func cancelled() throws {
    var attempts = TaskAttempts()
    attempts.begin(progress: "x", underWay: [], wasTakenAway: false)
    try attempts.write(to: submission.attemptsPath("core-runs-0", 2))
    var manifest = manifest
    manifest.isCancelled = true
    try submission.write(manifest)
    #expect(counts(try ClusterStatus(store: folder, queue: [])) == [.dropped: 3])
  }

  @Test("an item that was sent again counts once, where it was sent last")
  func sentAgain() throws {
    let again = try Submission.make(inStore: folder, date: Date(timeIntervalSince1970: 1e9 + 60))
    let array = WorkArray(
      name: "core-runs-0", stage: .runs, resources: .core, tasks: [[SampleWork.run(2)]])
    try again.write(WorkList([array]))
    var manifest = manifest
    manifest.id = again.id
    manifest.jobs[0].name = Manifest.jobName(again.id, array: "core-runs-0")
    try again.write(manifest)
    let task = Slurm.QueuedTask(
      name: manifest.jobs[0].name, job: "8", task: 0, isRunning: false, reason: "Resources")
    #expect(counts(try ClusterStatus(store: folder, queue: [task])) == [.waiting: 1, .dropped: 2])
  }

  @Test("a submission of another version's layout is refused by name")
  func otherSchema() throws {
    var manifest = manifest
    manifest.schema = 99
    try submission.write(manifest)
    #expect {
      try ClusterStatus(store: folder, queue: [])
    } throws: { "\($0)".contains("submission.json") && "\($0)".contains("99") }
  }
}
