import ArgumentParser
import Bundles
import Reporting
import Workflow

struct DiffCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compares two reports: every statistic, point, picture, setting and fact.",
    discussion: """
      Prints what differs. Exit status:
        0   every difference is within the tolerances (figures/tolerances.yml)
        1   some difference is not
        2   the reports cannot be compared (another profile, other data, another revision of a method), or one
            of them cannot be read

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
      "Rules that take precedence over those of figures/tolerances.yml.", valueName: "file.yml"))
  var tolerances: String?

  @Option(
    help: ArgumentHelp(
      "Write a page with the pictures to this folder; an earlier comparison there is replaced.",
      valueName: "folder"))
  var output: String?

  @Option(help: ArgumentHelp("Write the whole comparison to this file as JSON.", valueName: "file.json"))
  var json: String?

  @Flag(help: "Print Markdown for a pull request instead of plain text.")
  var markdown = false

  @OptionGroup var reading: BundleOptions

  func validate() throws {
    if let output, let json, OutputFile.isPath(json, in: output) {
      throw ValidationError(
        "--json \(json) lies in the folder of --output, which holds the page and nothing else: name another place"
      )
    }
  }

  func run() async throws {
    let outcome = try await Console.orExplain {
      let found = try ComparisonJob(
        first, second, project: .current, limits: reading.limits, tolerances: tolerances, output: output,
        json: json
      ).execute()
      let comparison = found.comparison
      let text = markdown ? ComparisonMarkdown(comparison).text : ComparisonSummary(comparison).text
      if found.isOnStandardOutput { Console.note(text) } else { print(text) }
      if let output { Console.note("\(output)/index.html is written") }
      return comparison.outcome
    }
    if outcome != .same { throw ExitCode(outcome.status) }
  }
}
