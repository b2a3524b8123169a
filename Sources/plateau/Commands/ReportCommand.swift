import ArgumentParser
import Foundation
import ReportDocuments
import Reporting
import Workflow

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Executes the runs that are missing and writes the report.",
    discussion: """
      The report is a folder that opens from disk: report/index.html. Stored runs are not executed again. After \
      Ctrl-C, the same command resumes. Where this program has made the report already, from the same results, \
      specs and templates, nothing is made again.

      EXAMPLES
        plateau report
        plateau report --profile paper --figures 3,S5 --output paper-report
        plateau report --data ~/images --seed 7
        plateau report --from report.tar.gz --output rebuilt
      """)

  @OptionGroup var work: WorkOptions

  @Option(
    help: ArgumentHelp(
      "The folder of the report; an earlier report there is replaced.", valueName: "folder"))
  var output: String = "report"

  @Flag(help: "Execute nothing: what is not all stored is left out of the report, which says so.")
  var stored = false

  @Option(
    help: ArgumentHelp(
      "Make the report of a bundle again, from the runs, specs and templates in it. Nothing is executed; "
        + "figures, profile, seed, data and store are taken from the bundle.", valueName: "bundle.tar.gz"))
  var from: String?

  @OptionGroup var reading: BundleOptions

  func validate() throws {
    if from != nil, let option = work.optionThatABundleDecides {
      throw ValidationError("\(option.name) cannot be combined with --from: \(option.reason)")
    }
    if stored, from != nil {
      throw ValidationError("--stored does nothing with --from, which executes nothing")
    }
    if stored, work.jobs != nil {
      throw ValidationError("--jobs does nothing with --stored, which executes nothing")
    }
    if from == nil, reading.maximumSize != nil {
      throw ValidationError("--maximum-size does nothing without --from, which reads a bundle")
    }
  }

  func run() async throws {
    try await Console.orExplain {
      if let from {
        try rebuild(from)
      } else {
        try await make()
      }
    }
  }

  private func make() async throws {
    let date: String
    do throws(ReportDate.Unreadable) {
      date = try ReportDate.iso8601(sourceDateEpoch: Console.environment["SOURCE_DATE_EPOCH"])
    } catch {
      throw ValidationError("\(error)")
    }
    let interruption = Interruption()
    let progress = ProgressBar()
    defer { progress.finish() }
    let outcome = try await ReportJob(
      work.request, in: work.places, output: output, date: date, isOfStored: stored
    ).execute(
      isCancelled: { interruption.isRequested }, tell: { progress.record($0) })
    progress.finish()
    show(outcome.metrics, outcome.site, digest: outcome.digest)
  }

  /// Exit status 1 where the bytes are not those of the bundle's report.
  private func rebuild(_ bundle: String) throws {
    let outcome = try BundleRebuild(bundle, limits: reading.limits, output: output).execute()
    show(MetricsDocument(outcome.content), outcome.site, digest: outcome.site.digest)
    guard outcome.isSame else {
      Console.note(
        """
        plateau: the bytes differ from those of the report in the bundle, whose digest is \
        \(outcome.bundledDigest) and which plateau \(outcome.bundledVersion ?? "unknown") made
        """)
      throw ExitCode(1)
    }
    print("the same bytes as in the bundle")
  }

  /// - Parameter site: what was written; nil where the report stood already.
  private func show(_ metrics: MetricsDocument, _ site: SiteSummary?, digest: String) {
    for claim in metrics.claims {
      let condition = claim.condition.map { ", \($0)" } ?? ""
      let place = [claim.figure, claim.panel].compactMap { $0 }.joined(separator: ".")
      print("\(VerdictName.words(of: claim.verdict)): \(claim.statement) (\(place)\(condition))")
    }
    guard let site else {
      print("\(output)/index.html is up to date; digest \(digest)")
      return
    }
    print("\(output)/index.html is written; digest \(digest)")
    if site.placement == .inTwoSteps {
      Console.note(
        "plateau: the file system of \(output) cannot exchange two folders at once: a kill while an earlier "
          + "report is replaced hides it until the next call")
    }
  }
}
