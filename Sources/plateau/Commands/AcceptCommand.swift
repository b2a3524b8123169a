import ArgumentParser
import Foundation
import Workflow

struct AcceptCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept",
    abstract: "Writes down that the differences of one figure between two reports are meant, and why.",
    discussion: """
      Compares the figure in both reports, and writes all that differs to figures/accepted/fig3.yml: every \
      statistic, verdict, setting, revision and digest as it was and as it is now, with the reason, the day \
      and the name of who accepts it. Commit that file. 'plateau diff' then shows these differences as \
      accepted, and ends with status 0 where there are no others. A number that moves further is a difference \
      again; an entry that is not met is named.

      An entry takes the place of an earlier one that was made from the same old report.

      Exit status:
        0   the entry is written
        2   nothing was: the figure does not differ, is in one report alone, or a report cannot be read

      EXAMPLES
        plateau accept report --against old.tar.gz --figure 3 --reason "the box is that of the paper now"
        plateau accept report --against old.tar.gz --figure S5 --reason "another OpenBLAS" --tolerance
      """)

  @Argument(
    help: ArgumentHelp("The report with the new numbers: its folder or its bundle.", valueName: "new"))
  var new: String

  @Option(help: ArgumentHelp("The report with the old numbers: its folder or its bundle.", valueName: "old"))
  var against: String

  @Option(help: ArgumentHelp("The figure, such as 3 or S5.", valueName: "id"))
  var figure: String

  @Option(
    help: ArgumentHelp("Why the differences are meant, for whoever reads the comparison.", valueName: "why"))
  var reason: String

  @Option(help: ArgumentHelp("Who accepts them (default: user.name of git).", valueName: "name"))
  var who: String?

  @Flag(
    help: ArgumentHelp(
      "Accept also later moves that are no larger: of each statistic and column relative to the larger "
        + "value, of the picture by its share of changed pixels. They stand in the entry as its tolerances."))
  var tolerance = false

  @Option(
    help: ArgumentHelp(
      "The folder of accepted differences (default: figures/accepted of the project).", valueName: "folder"))
  var accepted: String?

  @OptionGroup var reading: BundleOptions

  func validate() throws {
    for (option, text) in [("--reason", reason), ("--who", who ?? "–")] {
      if text.allSatisfy(\.isWhitespace) {
        throw ValidationError("\(option) is empty; it must say something")
      }
      if text.count > 1000 || text.contains(where: \.isNewline) {
        throw ValidationError("\(option) must be one line of at most 1000 characters")
      }
    }
  }

  func run() async throws {
    guard let who = who ?? GitIdentity.name else {
      throw ValidationError("git knows no user.name: say who accepts the differences with --who")
    }
    try await Console.orExplain {
      // Not into the files of an installed program, from any folder.
      if accepted == nil { _ = try ProjectFolder.aroundHere.specs() }
      let epoch = Console.environment["SOURCE_DATE_EPOCH"]
      let date = try epoch.map { try ReportDate.iso8601(sourceDateEpoch: $0) } ?? Date().ISO8601Format()
      let outcome = try AcceptJob(
        new, against: against, figure: figure, words: (reason, who, String(date.prefix(10))),
        project: .current, limits: reading.limits, folder: AcceptedFolder(option: accepted),
        takesTolerances: tolerance
      ).execute()
      print("\(outcome.label): \(outcome.count) difference\(outcome.count == 1 ? "" : "s") accepted")
      if outcome.replaced > 0 {
        Console.note("the entry takes the place of \(outcome.replaced) from the same report")
      }
      Console.note("\(outcome.path) is written")
    }
  }
}
