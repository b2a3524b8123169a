import ArgumentParser
import Workflow

struct ResultsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "results",
    abstract: "Makes a page of results from reports.",
    discussion: """
      The page, in Markdown, has one row for each claim, every judgement with its statistic, the pictures, and what is \
      missing. It states no number that the reports do not: notes of yours name a number as {report:statistic}, by the \
      folder of the report and the statistic's id in metrics.json. Notes above a line --- come after the claims, those \
      below it at the end.

      EXAMPLES
        plateau excerpt report --output results/mnist            keep what the page needs of a report
        plateau results results/mnist --output Results.md
        plateau results results/* --notes Notes.md --output Results.md --summary README.md
      """)

  @Argument(
    help: ArgumentHelp("The reports: folders of reports, or of excerpts.", valueName: "report"))
  var reports: [String]

  @Option(help: ArgumentHelp("The page to write.", valueName: "file.md"))
  var output: String

  @Option(help: ArgumentHelp("What is added to the page, in Markdown.", valueName: "file.md"))
  var notes: String?

  @Option(
    help: ArgumentHelp(
      """
      Also put the claims of the paper, ten at most, as a table into this file, between the lines '<!-- results -->' and \
      '<!-- end of results -->'.
      """, valueName: "file.md"))
  var summary: String?

  func validate() throws {
    if reports.isEmpty { throw ValidationError("name at least one report") }
    if summary == output { throw ValidationError("--summary and --output name the same file") }
  }

  func run() async throws {
    try await Console.orExplain {
      try ResultsJob(reports, notes: notes, output: output, summary: summary).execute()
      Console.note("\(([output] + [summary].compactMap(\.self)).joined(separator: " and ")): written")
    }
  }
}

struct ExcerptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "excerpt",
    abstract: "Copies the part of a report that results needs.",
    discussion: """
      The folder holds metrics.json, provenance.json, the specs of its figures, pictures, and SHA256SUMS of the whole report, by which they are \
      checked and whose SHA-256 is its digest. Of run.json it has neither host nor folders. 'plateau results' reads it.

      EXAMPLES
        plateau excerpt report --output results/mnist --machine "2 cores of an AMD EPYC 9V74"
        plateau excerpt report.tar.gz --output results/mnist --pictures 3,5,M1
      """)

  @Argument(help: ArgumentHelp("The report: its folder or its bundle.", valueName: "report"))
  var report: String

  @Option(help: ArgumentHelp("The folder to write; an earlier excerpt is replaced.", valueName: "folder"))
  var output: String

  @Option(
    help: ArgumentHelp("The figures whose pictures are kept, such as 3,S5; all by default.", valueName: "ids")
  )
  var pictures: String?

  @Option(help: ArgumentHelp("The machine that the report was made on, in words.", valueName: "text"))
  var machine: String?

  @OptionGroup var reading: BundleOptions

  func run() async throws {
    try await Console.orExplain {
      try ExcerptJob(
        report, output: output, pictures: pictures?.split(separator: ",").map(String.init), machine: machine,
        limits: reading.limits
      ).execute()
      Console.note("\(output): written")
    }
  }
}
