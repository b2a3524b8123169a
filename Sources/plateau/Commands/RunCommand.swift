import ArgumentParser
import Workflow

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Executes the runs of the figures and stores them, without a report.",
    discussion: """
      Stored runs are not executed again. Ctrl-C keeps finished runs and writes checkpoints of those in progress; \
      the same command resumes from them.

      EXAMPLES
        plateau run --profile paper --figures 3
        plateau run --profile paper --shard 3/16    one of 16 machines with one store
        plateau run --figures 3 --keep-weights      weights in store/weights, for another framework
      """)

  @OptionGroup var work: WorkOptions

  @Flag(help: "Write the trained weights (.safetensors), S and its labels (.npy) to store/weights.")
  var keepWeights = false

  @Option(
    help: ArgumentHelp(
      "Only every n-th run, from the i-th on: for n machines that share a store, under any engine.",
      valueName: "i/n"))
  var shard: Shard?

  func run() async throws {
    try await Console.orExplain {
      let interruption = Interruption()
      let progress = ProgressBar()
      defer { progress.finish() }
      let summary = try await RunJob(
        work.request, in: work.places, only: shard?.selection, keepsWeights: keepWeights
      ).execute(
        isCancelled: { interruption.isRequested }, tell: { progress.record($0) })
      progress.finish()
      print("runs in \(work.request.store): \(summary.runs), executed now: \(summary.executed)")
    }
  }
}
