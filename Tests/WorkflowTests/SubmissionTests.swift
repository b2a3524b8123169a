import Bundles
import Clusters
import Foundation
import Synchronization
import Testing
@testable import Workflow

@Suite("Work on a cluster")
struct SubmissionTests {
  private let workplace: Workplace
  private let cluster = FakeCluster()

  init() throws { workplace = try Workplace() }

  private func submit(
    _ figures: String?, isDryRun: Bool = false, to cluster: FakeCluster? = nil,
    changing change: (inout SubmitJob.Options) -> Void = { _ in }
  ) throws -> SubmitJob.Outcome {
    var options = SubmitJob.Options(program: "/bin/false", environment: [:])
    options.output = workplace.path("report")
    change(&options)
    return try SubmitJob(
      workplace.request(figures), in: workplace.places, data: nil, options: options,
      slurm: (cluster ?? self.cluster).slurm
    ).execute(isDryRun: isDryRun)
  }

  private func task(_ submission: Submission, _ array: String, _ task: Int) -> TaskJob {
    TaskJob(submission, array: array, task: task) { [workplace] _ in workplace.places }
  }

  /// Executes all tasks, in the order in which a cluster may.
  private func executeAll(_ outcome: SubmitJob.Outcome) async throws {
    let submission = try #require(outcome.submission)
    for array in outcome.arrays {
      for number in array.tasks.indices {
        #expect(try await task(submission, array.name, number).execute() == .done)
      }
    }
  }

  @Test("tasks make what one call makes, and the report of what is stored has its bytes")
  func sameBytes() async throws {
    let outcome = try submit(nil, changing: { $0.taskSeconds = 1e-3 })
    #expect(outcome.stored == 0 && outcome.arrays.map(\.stage).contains(.dependents))
    #expect(outcome.arrays.flatMap { $0.tasks }.count > 5)
    try await executeAll(outcome)
    let made = try await SharedReport.made
    _ = try await ReportJob(
      workplace.request(nil), in: workplace.places, output: workplace.path("report"),
      date: "1970-01-01T00:00:00Z", isOfStored: true
    ).execute()
    #expect(try workplace.contents() == made.contents)
    // Nothing is left to send, whether the cluster has forgotten its jobs or not.
    #expect(try submit(nil).arrays.isEmpty)
    cluster.forget()
    let again = try submit(nil)
    #expect(again.arrays.isEmpty && again.submission == nil && again.queued == 0)
  }

  @Test("what is queued is not sent again, and what an earlier submission lacks is")
  func sentOnce() throws {
    let first = try submit("S5")
    #expect(first.submission != nil)
    let jobs = cluster.queue.count
    let again = try submit("S5")
    #expect(again.arrays.isEmpty && again.submission == nil && again.queued == 6)
    #expect(cluster.queue.count == jobs)
    // Figure 2 is new; its report comes after what the first one sent.
    let more = try submit("2,S5")
    #expect(more.queued == 6 && more.arrays.flatMap { $0.tasks.joined() }.count == 4)
    let report = try #require(cluster.queue.last)
    let names = report.value("dependency") ?? ""
    for job in cluster.queue.dropLast() { #expect(names.contains(":\(job.number)"), "\(job.arguments)") }
    cluster.forget()
    #expect(try submit("S5").arrays.flatMap { $0.tasks.joined() }.count == 6)
  }

  @Test("what is sent: classes, limits, order, the user's options last")
  func calls() throws {
    let small = FakeCluster(largestArray: 2)
    _ = try submit(nil, to: small) {
      $0.taskSeconds = 1e-3
      $0.atMost = 3
      $0.engine = ["--partition=long", "--requeue"]
    }
    let jobs = small.queue
    #expect(jobs.allSatisfy { $0.arguments.contains("--signal=B:USR1@120") })
    #expect(jobs.allSatisfy { $0.tasks.map { $0 <= 2 } ?? true })
    #expect(jobs.allSatisfy { $0.arguments.suffix(4).prefix(2) == ["--partition=long", "--requeue"] })
    for job in jobs.dropLast() {
      // The cores of the cluster's nodes, or one.
      let isOfNode = job.value("job-name")?.contains("-node-") == true
      #expect(job.value("cpus-per-task") == (isOfNode ? "4" : "1") && job.value("array") != nil)
    }
    // No more than three tasks at once: each array has its share, and the fourth waits for the first.
    let limits = jobs.compactMap { $0.value("array")?.split(separator: "%").last }.compactMap { Int($0) }
    #expect(limits.count == jobs.count - 1 && limits.allSatisfy { $0 == 1 })
    #expect(jobs.count > 5)
    for (index, job) in jobs.dropLast().enumerated().dropFirst(3) {
      #expect(job.value("dependency")?.contains(":\(jobs[index - 3].number)") == true)
    }
  }

  @Test("a dry run sends and writes nothing")
  func dryRun() throws {
    let outcome = try submit(nil, isDryRun: true)
    #expect(!outcome.calls.isEmpty && outcome.calls.allSatisfy { $0.hasPrefix("sbatch ") })
    #expect(cluster.queue.isEmpty && workplace.files(in: "store/submissions").isEmpty)
  }

  @Test("a task that is stopped comes again, and one that cannot get on ends")
  func stopping() async throws {
    let outcome = try submit("3")
    let submission = try #require(outcome.submission)
    let array = outcome.arrays[0].name
    func stopped() async throws -> TaskJob.Outcome {
      try await task(submission, array, 0).execute(isCancelled: { true })
    }
    for _ in 0..<TaskAttempts.patienceWithCluster {
      guard case .comeAgain = try await stopped() else {
        Issue.record("expected another attempt")
        return
      }
    }
    #expect(try await stopped() == .circling)
    // A change of what is stored is a way on.
    _ = try await RunJob(workplace.request("S5"), in: workplace.places).execute()
    #expect(try await task(submission, array, 0).execute() == .done)
  }

  @Test("a sample that is stopped under way has not failed")
  func stoppedSample() async throws {
    let outcome = try submit("2")
    let submission = try #require(outcome.submission)
    let array = try #require(outcome.arrays.first { $0.stage == .assembly }).name
    for patience in 0..<8 {
      let asked = Atomic(0)
      let ended = try await task(submission, array, 0).execute(
        isCancelled: { asked.add(1, ordering: .relaxed).oldValue > patience })
      switch ended {
      case .comeAgain, .circling: break
      case .done, .failed: Issue.record("\(ended) after \(patience) questions")
      }
    }
    // The attempts above left nothing that moved; another submission begins anew.
    cluster.forget()
    try await executeAll(try submit("2"))
  }

  @Test("a plan that is not the one that was submitted is refused, and the specs are frozen")
  func otherPlan() async throws {
    let outcome = try submit("S5")
    let submission = try #require(outcome.submission)
    let spec = workplace.path("home/figures/fig3.yml")
    let text = try String(contentsOfFile: spec, encoding: .utf8)
    try text.replacing("learningRate: 0.05", with: "learningRate: 0.04").write(
      toFile: spec, atomically: true, encoding: .utf8)
    await #expect(throws: TaskJob.OtherPlan.self) {
      try await task(submission, outcome.arrays[0].name, 0).execute()
    }
    let frozen = ProjectFolder(home: submission.folder, currentFolder: workplace.folder.path)
    let job = TaskJob(submission, array: outcome.arrays[0].name, task: 0) { [workplace] _ in
      WorkPlaces(project: frozen, images: workplace.places.images)
    }
    #expect(try await job.execute() == .done)
  }

  @Test("what was taken back leaves the queue, and a submission that is not there is named")
  func cancelling() throws {
    let submission = try #require(try submit("S5").submission)
    #expect(throws: CancelJob.Unknown.self) {
      try CancelJob(store: workplace.path("store"), id: "nope", slurm: cluster.slurm).execute()
    }
    let cancelled = try CancelJob(store: workplace.path("store"), id: nil, slurm: cluster.slurm).execute()
    #expect(cancelled.map(\.id) == [submission.id] && cluster.queue.isEmpty)
    #expect(try submission.manifest().isCancelled)
    #expect(try CancelJob(store: workplace.path("store"), id: nil, slurm: cluster.slurm).execute().isEmpty)
    #expect(try !submit("S5").arrays.isEmpty)
  }

  @Test("shards share the work, each run once, and make what one call makes")
  func shards() async throws {
    var executed = 0
    for number in 1...3 {
      executed += try await RunJob(
        workplace.request(nil), in: workplace.places, only: .shard(number, of: 3)
      ).execute().executed
    }
    #expect(executed == SharedReport.runCount)
    #expect(try await workplace.report(nil).events.finishedRuns == 0)
    #expect(try workplace.contents() == (try await SharedReport.made.contents))
  }

  @Test("a report of what is stored leaves out the groups that are not whole, and says so")
  func partialReport() async throws {
    _ = try await RunJob(workplace.request("3"), in: workplace.places).execute()
    let job = ReportJob(
      workplace.request("3,5"), in: workplace.places, output: workplace.path("report"),
      date: "1970-01-01T00:00:00Z", isOfStored: true)
    let events = Events()
    let outcome = try await job.execute(tell: { events.add($0) })
    let decided = events.all.compactMap { event -> String? in
      if case .dataDecided(let decision) = event, decision.outcome == .unfinished {
        return "\(decision.figure) \(decision.group)"
      }
      return nil
    }
    #expect(decided == ["5 one"])
    let report = try ReportFolder(workplace.path("report"))
    #expect(try report.hasFigure("fig3") && report.hasFigure("fig5"))
    #expect(Set(outcome.metrics.statistics.map(\.figure)) == ["fig3"])
    let page = try String(contentsOfFile: workplace.path("report/index.html"), encoding: .utf8)
    #expect(page.contains("not all runs are stored"))
    #expect(!page.contains("still running"))
  }

  @Test("an overview lists every piece with its state, and the time that so many cores take")
  func overview() async throws {
    func overview(_ cores: Int?) throws -> WorkOverview {
      try WorkOverview(Workload(workplace.request(nil), in: workplace.places), coresOfNode: cores)
    }
    let fresh = try overview(nil)
    #expect(fresh.pieces.count { $0.kind == "run" } == SharedReport.runCount)
    #expect(fresh.pieces.allSatisfy { $0.state == "missing" && $0.seconds > 0 && $0.megabytes >= 300 })
    #expect(fresh.seconds(onCores: 1) >= fresh.seconds(onCores: 4))
    let longest = try #require(fresh.pieces.map(\.seconds).max())
    #expect(abs(fresh.seconds(onCores: 1_000_000) - longest) < 1e-9)
    try workplace.copy("store", of: try await SharedReport.made.workplace)
    let stored = try overview(64)
    #expect(stored.pieces.allSatisfy { $0.state == "stored" && $0.seconds == 0 })
    #expect(stored.shares.isEmpty && stored.seconds(onCores: 8) == 0)
  }
}
