import ArgumentParser
import Bundles
import Foundation
import SpecReading

struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compares two reports: every statistic, point, picture, setting and fact.",
    discussion: """
      Prints what differs. Exit status 0: everything is as close as the tolerances ask (figures/tolerances.yml);
      1: something is not; 2: the reports cannot be compared (another profile, other data, another revision of a
      method), or cannot be read.

      EXAMPLES
        plateau diff report.tar.gz report
        plateau diff old new --output diff          a page with both pictures and the moves: diff/index.html
        plateau diff old new --json diff.json --markdown > comment.md
        plateau diff old new --tolerances loose.yml
      """)

  @Argument(help: ArgumentHelp("The first report: its folder or its bundle.", valueName: "first"))
  var first: String

  @Argument(help: ArgumentHelp("The second report: its folder or its bundle.", valueName: "second"))
  var second: String

  @Option(
    help: ArgumentHelp(
      "What to allow, where that is not what figures/tolerances.yml allows.", valueName: "file.yml"))
  var tolerances: String?

  @Option(
    help: ArgumentHelp(
      "Write a page with the pictures here; an earlier comparison there is replaced.", valueName: "folder"))
  var output: String?

  @Option(help: ArgumentHelp("Write the whole comparison here as JSON.", valueName: "file.json"))
  var json: String?

  @Flag(help: "Print Markdown for a pull request instead of plain text.")
  var markdown = false

  @OptionGroup var reading: BundleOptions

  func validate() throws {
    if output?.isEmpty == true { throw ValidationError("--output is empty; name a folder") }
    if json?.isEmpty == true { throw ValidationError("--json is empty; name a file") }
  }

  func run() async throws {
    let outcome = try await Console.orExplain {
      let defaults = try ProjectFolder.find("figures", containing: TolerancesReader.fileName)
      let tolerances = try TolerancesReader.tolerances(
        defaults: "\(defaults)/\(TolerancesReader.fileName)", own: tolerances)
      let writer = try output.map {
        try ComparisonWriter(
          templates: ProjectFolder.find("report-templates", containing: "diff.mustache"), to: $0)
      }
      let before = try OpenedReport(first, limits: reading.limits)
      defer { before.close() }
      let after = try OpenedReport(second, limits: reading.limits)
      defer { after.close() }
      let comparison = try ReportComparer(before.report, after.report, tolerances: tolerances).comparison()
      if let json { try OutputFile.write(comparison.bytes(), to: json) }
      try writer?.write(comparison, before: before.report, after: after.report)
      print(markdown ? ComparisonMarkdown(comparison).text : ComparisonSummary(comparison).text)
      if let output { Console.note("\(output)/index.html is written") }
      return comparison.outcome
    }
    if outcome != .same { throw ExitCode(outcome.status) }
  }
}
