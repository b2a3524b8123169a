import ArgumentParser
import Workflow

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Shows every statistic over many reports.",
    discussion: """
      Writes a page with a small chart of each statistic, and the same as a table. Reports are in the order in which \
      they were made. A line joins reports that can be compared: those with the same profile, data and revisions of \
      the methods. With --threshold, what moved most is listed: on standard output, and at the head of the \
      page. Exit status 0, whatever moved.

      EXAMPLES
        plateau history archive/*.tar.gz report
        plateau history old new --output trend      trend/index.html, trend/history.csv
        plateau history old new --threshold 0.5     verdicts that changed, and the larger moves
      """)

  @Argument(help: ArgumentHelp("The reports: their folders or their bundles.", valueName: "report"))
  var reports: [String]

  @Option(
    help: ArgumentHelp(
      "The folder of the page; an earlier history there is replaced.", valueName: "folder"))
  var output: String = "history"

  @Option(
    help: ArgumentHelp(
      "List verdicts that changed, and statistics that moved by more than this between two reports, the "
        + "largest move first. Its unit is half the width of the statistic's 95 % interval, the wider one of "
        + "both; for a statistic without an interval, the larger of both values, so that 0.1 is 10 %.",
      valueName: "half-widths"))
  var threshold: Double?

  @OptionGroup var reading: BundleOptions

  func validate() throws {
    if reports.count < 2 { throw ValidationError("a history needs at least two reports") }
    if let threshold, !(threshold >= 0 && threshold.isFinite) {
      throw ValidationError("--threshold is \(threshold); it must be a number that is at least 0")
    }
  }

  func run() async throws {
    try await Console.orExplain {
      let found = try HistoryJob(
        reports, project: .current, limits: reading.limits, output: output, threshold: threshold
      ).execute()
      if let top = found.top { print(top.text) }
      print(found.history.summary)
      print("\(output)/index.html is written")
    }
  }
}
