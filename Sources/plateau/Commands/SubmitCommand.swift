import ArgumentParser
import Clusters
import Encodings
import Foundation
import Workflow

struct SubmitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submit",
    abstract: "Hands the missing work to a Slurm cluster, with the report at its end.",
    discussion: """
      The work becomes arrays of jobs: short runs by the dozen on one core each, long ones on a node, and with --device \
      cuda ResNet-50 on GPUs, which this machine need not have. The store, the images and this program must lie in a \
      file system that all nodes share. The list of work, the script, the logs and the specs as they are now go to \
      store/submissions. The same command again sends only what is neither stored nor queued. What stands behind -- \
      goes to sbatch as it is.

      EXAMPLES
        plateau submit --profile paper --figures 3,4 --store /scratch/me/store -- --partition=long --account=x
        plateau submit --profile paper --at-most 64 --dry-run
        plateau submit --profile paper --engine torch --device cuda -- --partition=main,gpu --gres=gpu:h100:1
        plateau status --store /scratch/me/store --watch
      """)

  @OptionGroup var work: WorkOptions

  @Option(
    help: ArgumentHelp(
      "The folder of the report; an earlier report there is replaced.", valueName: "folder"))
  var output: String = "report"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The most tasks at once; by default as many as there is room for.", valueName: "n"))
  var atMost: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The cores of a task that takes a node; by default those that every node of the partition has.",
      valueName: "n"))
  var coresPerNode: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How long a task of short runs should take at least.", valueName: "minutes"))
  var taskMinutes: Double = 10

  @Flag(help: "Print what would be sent; send and write nothing.")
  var dryRun = false

  @Argument(
    parsing: .postTerminator,
    help: ArgumentHelp(
      "Options of sbatch, such as --partition, --account, --time.", valueName: "sbatch options"))
  var engine: [String] = []

  func validate() throws {
    if work.jobs != nil {
      throw ValidationError("--jobs does nothing here: the tasks' cores are --cores-per-node, and one")
    }
    if let mistake = work.request.engine.mistakeOnCluster { throw ValidationError(mistake) }
    if let atMost { try OptionBounds.check("--at-most", atMost, 1...1_000_000) }
    if let coresPerNode { try OptionBounds.check("--cores-per-node", coresPerNode, OptionBounds.jobs) }
    guard taskMinutes > 0, taskMinutes <= 1e6 else {
      throw ValidationError("--task-minutes is \(taskMinutes); it must be above 0, and at most 1000000")
    }
    if let decided = SlurmOptions.decided(engine) {
      throw ValidationError("\(decided.option) cannot be given to sbatch: \(decided.reason)")
    }
  }

  func run() async throws {
    try await Console.orExplain {
      let progress = ProgressBar()
      var options = SubmitJob.Options(
        program: Distribution.program ?? CommandLine.arguments[0], environment: Console.environment)
      options.engine = engine
      options.atMost = atMost
      options.coresOfNode = coresPerNode
      options.taskSeconds = 60 * taskMinutes
      options.output = output
      let outcome = try SubmitJob(
        work.request, in: work.places, data: work.data.folder, options: options
      ).execute(isDryRun: dryRun, tell: { progress.record($0) })
      show(outcome)
    }
  }

  private func show(_ outcome: SubmitJob.Outcome) {
    for call in outcome.calls { print(call) }
    for array in outcome.arrays {
      let tasks = array.tasks.count
      print(
        "\(array.name): \(array.tasks.joined().count) pieces of work in \(tasks) \(tasks == 1 ? "task" : "tasks"), "
          + "about \(ProgressText.clock(array.seconds)) together, \(array.megabytes) MB each")
    }
    print("stored: \(outcome.stored); waiting or running already: \(outcome.queued)")
    if outcome.arrays.isEmpty {
      print(
        outcome.queued > 0
          ? "nothing to send"
          : "nothing to send; 'plateau report' with the same options writes the report")
    } else if let submission = outcome.submission {
      print("sent as \(submission.id); the report will be \(output)/index.html")
      print("plateau status --store \(work.request.store)")
    } else {
      print("nothing is sent: this is a dry run")
    }
  }
}
