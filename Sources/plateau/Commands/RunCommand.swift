import ArgumentParser

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Executes the runs of the figures and stores them, without a report.",
    discussion: """
      A run that is stored already is not executed again. Ctrl-C keeps what is finished, and the trainings as far
      as they are; the same command goes on.

      EXAMPLES
        plateau run --profile paper --figures 3
        plateau run --figures 3 --keep-weights      weights in store/weights, for another framework
      """)

  @OptionGroup var work: WorkOptions

  @Flag(help: "Write the trained weights (.safetensors), S and its labels (.npy) to store/weights.")
  var keepWeights = false

  func run() async throws {
    try await Console.orExplain {
      let workload = try Workload(work)
      let results = try await workload.execute(jobs: work.jobCount, keepsWeights: keepWeights)
      print("runs in \(work.store): \(results.records.count), executed now: \(results.executed)")
    }
  }
}
