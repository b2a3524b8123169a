package import Clusters
import Experiments
import Foundation
import LinearAlgebra
import Planning
import RunStorage
import Specifications
import TorchEngine

/// Hands the missing work of a request to a cluster, with the report at its end.
package struct SubmitJob: Sendable {
  /// How work is cut and sent.
  package struct Options: Sendable {
    /// What goes to `sbatch` as it is.
    package var engine: [String] = []
    /// The most tasks at once; nil for as many as the cluster has room for.
    package var atMost: Int?
    /// The cores of a node; nil to ask the cluster.
    package var coresOfNode: Int?
    /// How long a task should take at least, in seconds.
    package var taskSeconds = 600.0
    /// The folder of the report.
    package var output = "report"
    /// The program that tasks call, an absolute path.
    package var program: String
    /// The variables that this call was given.
    package var environment: [String: String]

    package init(program: String, environment: [String: String]) {
      self.program = program
      self.environment = environment
    }
  }
  /// What was sent, or would be.
  package struct Outcome: Sendable {
    /// Nil where nothing is left to send, and for a dry run.
    package let submission: Submission?
    package let arrays: [WorkArray]
    /// The calls of the engine, a line each.
    package let calls: [String]
    /// How many pieces of work are stored already, and how many wait or run for an earlier call.
    package let stored: Int
    package let queued: Int
  }
  private let request: WorkRequest
  private let places: WorkPlaces
  private let data: String?
  private let options: Options
  private let slurm: Slurm

  /// - Parameter data: the folder of images that the user named.
  package init(
    _ request: WorkRequest, in places: WorkPlaces, data: String?, options: Options, slurm: Slurm = Slurm()
  ) {
    self.request = request
    self.places = places
    self.data = data
    self.options = options
    self.slurm = slurm
  }

  /// Sends what is neither stored nor queued; throws `Slurm.Failure` where the engine refuses, and what ``Workload``
  /// throws.
  ///
  /// - Parameter isDryRun: nothing is sent or written.
  package func execute(isDryRun: Bool, tell: (WorkEvent) -> Void = { _ in }) throws -> Outcome {
    let cores =
      try options.coresOfNode ?? slurm.coresOfNodes(partition: SlurmOptions.partition(options.engine))
    // Before the look at the store: what is done in between was queued then, and is not sent again.
    let underWay = try QueuedWork(store: request.store, queue: slurm.queue())
    let workload = try Workload(request.planned, in: places, tell: tell)
    let node = Workload.NodeFacts(
      cores: cores, taskSeconds: options.taskSeconds, hasGPUs: request.engine.isForGPU)
    let planned = try workload.items(workload.costs(of: node, tell))
    let left = planned.filter { $0.state != .stored && !underWay.names.contains($0.item.name) }.map(\.item)
    let arrays = WorkArray.packing(left, taskSeconds: options.taskSeconds, largest: try slurm.largestArray())
    func outcome(_ submission: Submission?, _ calls: [String]) -> Outcome {
      let stored = planned.count { $0.state == .stored }
      return Outcome(
        submission: submission, arrays: arrays, calls: calls, stored: stored,
        queued: planned.count - stored - left.count)
    }
    guard !arrays.isEmpty else { return outcome(nil, []) }
    if isDryRun {
      let manifest = manifest("<id>", arrays, cores: cores, after: underWay.jobs)
      let logs = Submission(folder: "\(request.store)/submissions/<id>").logs
      let names = Dictionary(
        manifest.jobs.map { ($0.name, "<\($0.name)>") } + underWay.jobs.map { ($0.name, $0.number) },
        uniquingKeysWith: { first, _ in first })
      return outcome(nil, manifest.jobs.map { call($0, manifest, script: "task.sh", logs: logs, names) })
    }
    let submission = try Submission.make(inStore: absolute(request.store), date: Date())
    var manifest = manifest(submission.id, arrays, cores: cores, after: underWay.jobs)
    try submission.freeze(places.project.specs(), as: "figures")
    try submission.freeze(places.project.templates(with: "page.mustache"), as: "report-templates")
    try submission.write(WorkList(arrays))
    try submission.write(script(submission))
    try submission.write(manifest)
    return outcome(submission, try send(&manifest, submission, after: underWay.jobs))
  }

  /// Sends the jobs one after another; each is noted as it is sent.
  private func send(
    _ manifest: inout Manifest, _ submission: Submission, after queued: [(name: String, number: String)]
  ) throws -> [String] {
    var numbers = Dictionary(queued.map { ($0.name, $0.number) }, uniquingKeysWith: { first, _ in first })
    var calls: [String] = []
    for index in manifest.jobs.indices {
      let job = manifest.jobs[index]
      let arguments = manifest.arguments(job, logs: submission.logs, numbers: numbers)
      let number = try slurm.submit(arguments + [submission.scriptPath, job.array ?? "report"])
      numbers[job.name] = number
      manifest.jobs[index].number = number
      try submission.write(manifest)
      calls.append(call(job, manifest, script: submission.scriptPath, logs: submission.logs, numbers))
    }
    return calls
  }

  private func call(
    _ job: Manifest.Job, _ manifest: Manifest, script: String, logs: String, _ numbers: [String: String]
  ) -> String {
    (["sbatch"] + manifest.arguments(job, logs: logs, numbers: numbers) + [script, job.array ?? "report"])
      .joined(separator: " ")
  }

  /// The jobs of the arrays, and the report after all.
  private func manifest(
    _ id: String, _ arrays: [WorkArray], cores: Int, after queued: [(name: String, number: String)]
  ) -> Manifest {
    let limits = WorkArray.limits(arrays.map(\.tasks.count), atMost: options.atMost)
    var jobs = arrays.enumerated().map { index, array in
      let before = array.after(arrays).map(\.name)
      // With fewer tasks at once than arrays, arrays follow one another.
      let turn = options.atMost.flatMap { index >= $0 ? [arrays[index - $0].name] : nil } ?? []
      return Manifest.Job(
        name: Manifest.jobName(id, array: array.name), array: array.name, tasks: array.tasks.count,
        cores: array.resources.cores(ofNode: cores), megabytes: array.megabytes,
        gpus: array.resources == .gpu ? 1 : nil, atOnce: limits[index],
        after: (before + turn).map { Manifest.jobName(id, array: $0) })
    }
    jobs.append(
      Manifest.Job(
        name: Manifest.jobName(id, array: nil), array: nil, tasks: 1, cores: 1,
        megabytes: MemoryModel.megabytesOfReport, atOnce: nil,
        after: jobs.map(\.name) + queued.map(\.name)))
    return Manifest(
      id: id, date: Date().ISO8601Format(), plateauVersion: BuildFacts.plateauVersion,
      request: Manifest.Request(
        profile: request.profile.rawValue, figures: request.chosenFigures, seed: request.seed,
        store: absolute(request.store), data: data.map(absolute),
        engine: request.engine.kind?.rawValue, device: request.engine.device),
      output: absolute(options.output), options: options.engine, jobs: jobs)
  }

  private func script(_ submission: Submission) -> BatchScript {
    var environment = ["PLATEAU_HOME": submission.folder]
    for name in ["PLATEAU_DATA", "XDG_DATA_HOME", "SOURCE_DATE_EPOCH"] {
      environment[name] = options.environment[name].map { name == "SOURCE_DATE_EPOCH" ? $0 : absolute($0) }
    }
    environment[TorchLibrary.variable] = options.environment[TorchLibrary.variable].map(absolute)
    // What this machine chose for itself may be nothing for the nodes.
    if !KernelRestart.hasChosen {
      environment["OPENBLAS_CORETYPE"] = options.environment["OPENBLAS_CORETYPE"]
    }
    var report = ["report", "--stored", "--profile", request.profile.rawValue, "--seed", "\(request.seed)"]
    if let figures = request.chosenFigures { report += ["--figures", figures] }
    if let data { report += ["--data", absolute(data)] }
    report += ["--store", absolute(request.store), "--output", absolute(options.output)]
    return BatchScript(
      program: options.program, submission: submission.folder, environment: environment, report: report,
      version: BuildFacts.plateauVersion)
  }

  private func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }
}
