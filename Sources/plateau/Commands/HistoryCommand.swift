import ArgumentParser
import Workflow

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Shows every statistic over many reports.",
    discussion: """
      Writes a page with a small chart of each statistic, and the same as a table. Reports are in the order in which
      they were made. A line joins reports that can be compared: those with the same profile, data and revisions of
      the methods.

      EXAMPLES
        plateau history archive/*.tar.gz report
        plateau history old new --output trend      trend/index.html, trend/history.csv
      """)

  @Argument(help: ArgumentHelp("The reports: their folders or their bundles.", valueName: "report"))
  var reports: [String]

  @Option(
    help: ArgumentHelp(
      "The folder of the page; an earlier history there is replaced.", valueName: "folder"))
  var output: String = "history"

  @OptionGroup var reading: BundleOptions

  func validate() throws {
    if reports.count < 2 { throw ValidationError("a history needs at least two reports") }
  }

  func run() async throws {
    try await Console.orExplain {
      let history = try HistoryJob(reports, project: .current, limits: reading.limits, output: output)
        .execute()
      print(history.summary)
      print("\(output)/index.html is written")
    }
  }
}
