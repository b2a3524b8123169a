/// What a submission asked for and what was sent, as JSON.
package struct Manifest: Codable, Equatable, Sendable {
  /// The options of the call, which every task repeats.
  package struct Request: Codable, Equatable, Sendable {
    package var profile: String
    package var figures: String?
    package var seed: UInt64
    /// An absolute path, as is ``data``.
    package var store: String
    package var data: String?
    /// What carries out residual networks and where, such as "torch" and "cuda"; nil, as in manifests of earlier
    /// versions, for oneDNN on the processor.
    package var engine: String?
    package var device: String?

    package init(
      profile: String, figures: String?, seed: UInt64, store: String, data: String?, engine: String? = nil,
      device: String? = nil
    ) {
      self.profile = profile
      self.figures = figures
      self.seed = seed
      self.store = store
      self.data = data
      self.engine = engine
      self.device = device
    }

    /// Whether residual networks are for GPUs.
    package var isForGPU: Bool { device?.hasPrefix("cuda") == true }
  }
  /// An array, or the report: a job of the engine.
  package struct Job: Codable, Equatable, Sendable {
    package var name: String
    /// Nil for the report.
    package var array: String?
    package var tasks: Int
    package var cores: Int
    package var megabytes: Int
    /// The GPUs of a task; nil for none.
    package var gpus: Int?
    /// How many of its tasks may run at once; nil for all.
    package var atOnce: Int?
    /// The names of the jobs that must be over before, of this submission or an earlier one.
    package var after: [String]
    /// Its number; nil until it is sent.
    package var number: String?

    package init(
      name: String, array: String?, tasks: Int, cores: Int, megabytes: Int, gpus: Int? = nil, atOnce: Int?,
      after: [String]
    ) {
      self.name = name
      self.array = array
      self.tasks = tasks
      self.cores = cores
      self.megabytes = megabytes
      self.gpus = gpus
      self.atOnce = atOnce
      self.after = after
    }
  }
  package static let schema = 1
  package var schema: Int
  package var id: String
  /// ISO 8601.
  package var date: String
  package var plateauVersion: String
  package var request: Request
  /// The folder of the report, an absolute path.
  package var output: String
  /// What the user added for the engine.
  package var options: [String]
  package var jobs: [Job]
  /// Whether it was taken back.
  package var isCancelled: Bool

  package init(
    id: String, date: String, plateauVersion: String, request: Request, output: String, options: [String],
    jobs: [Job]
  ) {
    schema = Self.schema
    self.id = id
    self.date = date
    self.plateauVersion = plateauVersion
    self.request = request
    self.output = output
    self.options = options
    self.jobs = jobs
    isCancelled = false
  }

  /// The name of a job of this submission for the engine, by which it is known whatever became of its number.
  package static func jobName(_ id: String, array: String?) -> String { "plateau-\(id)-\(array ?? "report")" }

  /// What `sbatch` is given for a job, but for its script.
  ///
  /// - Parameter numbers: of the jobs that are sent or queued, by name.
  package func arguments(_ job: Job, logs: String, numbers: [String: String]) -> [String] {
    var arguments = ["--job-name=\(job.name)"] + BatchScript.options
    if let array = job.array {
      arguments.append("--array=0-\(job.tasks - 1)" + (job.atOnce.map { "%\($0)" } ?? ""))
      arguments.append("--output=\(logs)/\(array)-%a.log")
    } else {
      arguments.append("--output=\(logs)/report.log")
    }
    let given = request.isForGPU ? SlurmOptions.options(options, gpus: job.gpus) : options
    arguments += ["--nodes=1", "--ntasks=1"]
    // Slurm takes cores and memory of a task or of a GPU, and not both.
    if !SlurmOptions.names("--cpus-per-gpu", in: given) { arguments.append("--cpus-per-task=\(job.cores)") }
    if !SlurmOptions.names("--mem-per-gpu", in: given) { arguments.append("--mem=\(job.megabytes)M") }
    let before = job.after.compactMap { numbers[$0] }
    if !before.isEmpty { arguments.append("--dependency=afterany:" + before.joined(separator: ":")) }
    return arguments + given
  }
}
