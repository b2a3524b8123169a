import ArgumentParser
import Workflow

struct CancelCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cancel",
    abstract: "Takes work back that was handed to a cluster.",
    discussion: """
      What is stored stays; what runs writes its checkpoints. 'plateau report' or the same 'plateau submit' completes \
      the rest.

      EXAMPLES
        plateau cancel --store /scratch/me/store
        plateau cancel 20260101-120000-0a1b
      """)

  @Argument(help: ArgumentHelp("The submission; by default all of the store.", valueName: "id"))
  var id: String?

  @Option(help: ArgumentHelp("The folder in which finished runs are stored.", valueName: "folder"))
  var store: String = WorkRequest.standard.store

  func run() async throws {
    try await Console.orExplain {
      let cancelled = try CancelJob(store: store, id: id).execute()
      for (id, jobs) in cancelled { print("\(id): taken back (jobs \(jobs.joined(separator: ", ")))") }
      if cancelled.isEmpty { print("nothing waits or runs") }
    }
  }
}
