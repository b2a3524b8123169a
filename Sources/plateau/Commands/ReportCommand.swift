import ArgumentParser
import Experiments
import Figures
import Foundation
import LinearAlgebra
import Planning
import Reporting

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Runs what is missing and writes the report.",
    discussion: """
      The report is a folder that opens from disk: report/index.html. Runs that are stored already are not run
      again. Ctrl-C keeps what is finished; the same command goes on from there.

      EXAMPLES
        plateau report
        plateau report --profile paper --figures 3,S5 --output paper-report
        plateau report --data ~/images --seed 7
      """)

  @OptionGroup var work: WorkOptions

  @Option(
    help: ArgumentHelp(
      "Where the report is written; an earlier report there is replaced.", valueName: "folder"))
  var output: String = "report"

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output is empty; name a folder") }
  }

  func run() async throws {
    try await Console.orExplain {
      let started = Date()
      let writer = try SiteWriter(
        templates: ProjectFolder.find("report-templates", containing: "page.mustache"))
      try writer.check(output: output)
      let workload = try Workload(work)
      let results = try await workload.execute(jobs: work.jobCount, keepsWeights: false)

      let maker = FigureMaker(
        claims: workload.specs.claims, records: results.records, samples: results.samples,
        seed: work.seed)
      let chosen = work.figures == nil ? nil : workload.figures.map(\.id).joined(separator: ",")
      let arguments = work
      let assembly = ReportAssembly(
        profile: work.profile, seed: work.seed, plateauVersion: BuildFacts.plateauVersion,
        date: try Self.date(),
        command: { figure in "plateau report" + arguments.arguments(figures: figure ?? chosen) })
      let content = try assembly.content(maker.make(workload.figures), tableOne: workload.specs.tableOne)
      let summary = try writer.write(
        content, volatile: facts(workload, started: started), to: output)
      show(content, summary)
    }
  }

  private func show(_ content: ReportContent, _ summary: SiteSummary) {
    for claim in content.claims {
      let condition = claim.condition.map { ", \($0)" } ?? ""
      let place = [claim.figure, claim.panel].compactMap { $0 }.joined(separator: ".")
      print("\(claim.verdict.words.lowercased()): \(claim.statement) (\(place)\(condition))")
    }
    print("\(output)/index.html is written; digest \(summary.digest)")
  }

  /// The date of the report: `SOURCE_DATE_EPOCH`, or the epoch itself, so that the clock changes no byte.
  private static func date() throws -> String {
    let variable = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"]
    guard let seconds = variable.map({ TimeInterval($0) }) ?? 0, seconds >= 0, seconds < 253_402_300_800
    else {
      throw ValidationError(
        "SOURCE_DATE_EPOCH is '\(variable ?? "")'; it must be a number of seconds since 1970")
    }
    return Date(timeIntervalSince1970: seconds).ISO8601Format()
  }

  /// What differs between two calls that make the same report.
  private func facts(_ workload: Workload, started: Date) -> VolatileFacts {
    let finished = Date()
    let system = ProcessInfo.processInfo
    return VolatileFacts(
      host: system.hostName, started: started.ISO8601Format(), finished: finished.ISO8601Format(),
      durationInSeconds: finished.timeIntervalSince(started),
      versions: [
        NamedValue(name: "system", value: system.operatingSystemVersionString),
        NamedValue(name: "BLAS kernels", value: BLASRuntime.kernelName),
        NamedValue(name: "BLAS library", value: BLASRuntime.configuration),
      ],
      paths: [
        NamedValue(name: "output", value: output), NamedValue(name: "store", value: work.store),
        NamedValue(name: "data", value: work.data.roots.folders.joined(separator: ":")),
      ],
      other: [
        NamedValue(name: "jobs", value: "\(work.jobCount)"),
        NamedValue(name: "runs executed", value: "\(workload.survey.pending.count)"),
        NamedValue(
          name: "runs from the store", value: "\(workload.survey.items.count - workload.survey.pending.count)"
        ),
      ])
  }
}
