import ArgumentParser
import Bundles

struct HistoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Shows how every statistic went over many reports.",
    discussion: """
      Writes a page of small charts, one for each statistic, and the same as a table. The reports come in the order
      in which they were made; a line joins those that may be compared: of one profile, one data set and one
      revision of each method.

      EXAMPLES
        plateau history archive/*.tar.gz report
        plateau history old new --output trend      trend/index.html, trend/history.csv
      """)

  @Argument(help: ArgumentHelp("The reports: their folders or their bundles.", valueName: "report"))
  var reports: [String]

  @Option(
    help: ArgumentHelp(
      "Where the page is written; an earlier history there is replaced.", valueName: "folder"))
  var output: String = "history"

  @OptionGroup var reading: BundleOptions

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output is empty; name a folder") }
    if reports.count < 2 { throw ValidationError("a history needs at least two reports") }
  }

  func run() async throws {
    try await Console.orExplain {
      let writer = try HistoryWriter(
        templates: ProjectFolder.find("report-templates", containing: "history.mustache"), to: output)
      var opened: [OpenedReport] = []
      defer { for report in opened { report.close() } }
      for path in reports { opened.append(try OpenedReport(path, limits: reading.limits)) }
      let history = try ReportHistory(opened.map(\.report))
      try writer.write(history)
      print(history.summary)
      print("\(output)/index.html is written")
    }
  }
}
