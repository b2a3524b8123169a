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
        0   every difference is within the tolerances (figures/tolerances.yml), or was accepted on purpose
            (figures/accepted; see 'plateau accept')
        1   some difference is not
        2   the reports cannot be compared (another profile, other data, another revision of a method), or one
            of them cannot be read

      EXAMPLES
        plateau diff report.tar.gz report
        plateau diff old new --output diff          a page with both pictures and the moves: diff/index.html
        plateau diff old new --output diff --only-changed      page, text and diff.md without what is the same
        plateau diff old new --json diff.json --markdown > comment.md
        plateau diff old new --output diff --markdown --pictures https://example.org/diff > comment.md
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

  @Option(
    help: ArgumentHelp(
      "Write the whole comparison to this file as JSON, whatever the other options leave out.",
      valueName: "file.json"))
  var json: String?

  @Flag(
    help: ArgumentHelp(
      "Print Markdown for a comment on a pull request instead of plain text, no longer than GitHub takes "
        + "(\(ComparisonMarkdown.largestSize) characters). With --output or --pictures it has the pictures."))
  var markdown = false

  @Flag(
    help: ArgumentHelp(
      "Leave out of page, text and Markdown all that does not make the reports differ: what is the same, "
        + "within the tolerances or accepted. The head names the figures that are left out."))
  var onlyChanged = false

  @Option(
    help: ArgumentHelp(
      "The address under which the folder of --output is published, for the pictures of the Markdown "
        + "(default: the folder itself). GitHub shows pictures in a comment by their address alone.",
      valueName: "https://…"))
  var pictures: String?

  @Option(
    help: ArgumentHelp(
      "Where accepted differences are read from, or 'none' (default: figures/accepted of the project).",
      valueName: "folder"))
  var accepted: String?

  @OptionGroup var reading: BundleOptions

  func validate() throws {
    if let pictures, pictures.wholeMatch(of: /https?:\/\/[^\s]+/) == nil {
      throw ValidationError(
        "--pictures is '\(pictures)'; it must be an address that begins with https:// or http://")
    }
    if pictures != nil, !markdown, output == nil {
      throw ValidationError("--pictures does nothing without --markdown or --output")
    }
    if let output, let json, OutputFile.isPath(json, in: output) {
      throw ValidationError(
        "--json \(json) lies in the folder of --output, which holds the page and nothing else: name another place"
      )
    }
  }

  func run() async throws {
    let outcome = try await Console.orExplain {
      let found = try ComparisonJob(
        first, second, project: .current, limits: reading.limits, tolerances: tolerances,
        accepted: AcceptedFolder(option: accepted),
        shows: ComparisonJob.Shown(onlyChanged: onlyChanged, pictures: pictures), output: output, json: json
      ).execute()
      let comparison = found.comparison
      let text =
        markdown
        ? ComparisonMarkdown(comparison, onlyChanged: onlyChanged, pictures: pictures ?? output).text
        : ComparisonSummary(comparison, onlyChanged: onlyChanged).text
      if found.isOnStandardOutput { Console.note(text) } else { print(text) }
      if let output { Console.note("\(output)/index.html is written") }
      return comparison.outcome
    }
    if outcome != .same { throw ExitCode(outcome.status) }
  }
}
