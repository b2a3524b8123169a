import ArgumentParser
import Workflow

struct ArchiveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "archive",
    abstract: "Packs a report and the results of its runs into one file.",
    discussion: """
      The file is a BagIt bag that holds the report, which is an RO-Crate, and its stored runs. 'plateau verify' \
      checks it; 'plateau report --from' makes the report again from it alone. Equal reports give equal bytes.

      EXAMPLES
        plateau archive report --output report.tar.gz
        plateau archive old-report --store old-store --output old-report.tar.gz
      """)

  @Argument(help: ArgumentHelp("The report's folder.", valueName: "report"))
  var report: String

  @Option(
    help: ArgumentHelp(
      "The file to write; an archive that is there is replaced, and a pipe is written into.",
      valueName: "file.tar.gz"))
  var output: String

  @Option(
    help: ArgumentHelp(
      "The store with the report's runs; by default the store that the report names.", valueName: "folder"))
  var store: String?

  func run() async throws {
    try await Console.orExplain {
      let outcome = try ArchiveJob(report, store: store, output: output).execute()
      let summary = outcome.summary
      let text = """
        \(output) is written: \(summary.files) files, \(summary.bytes) bytes unpacked
        sha256 \(summary.sha256)
        """
      if outcome.isOnStandardOutput { Console.note(text) } else { print(text) }
    }
  }
}
