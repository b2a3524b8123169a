import ArgumentParser
import Bundles
import Experiments
import Figures
import Foundation
import LinearAlgebra
import Reporting
import SpecReading

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
        plateau report --from report.tar.gz --output rebuilt
      """)

  @OptionGroup var work: WorkOptions

  @Option(
    help: ArgumentHelp(
      "Where the report is written; an earlier report there is replaced.", valueName: "folder"))
  var output: String = "report"

  @Option(
    help: ArgumentHelp(
      "Make the report of a bundle again, from its own runs, specs and templates; nothing is run, and the "
        + "options for figures, profile, seed, data and store are its own.", valueName: "bundle.tar.gz"))
  var from: String?

  @OptionGroup var reading: BundleOptions

  func validate() throws {
    if output.isEmpty { throw ValidationError("--output is empty; name a folder") }
    if from != nil, let option = work.chosenOption {
      throw ValidationError("\(option) says nothing beside --from: the bundle has its own; leave it out")
    }
  }

  func run() async throws {
    try await Console.orExplain {
      let started = Date()
      if let from {
        try rebuild(from, started: started)
      } else {
        try await make(started: started)
      }
    }
  }

  /// The report on the figures that the options name, after what is missing has run.
  private func make(started: Date) async throws {
    let writer = try SiteWriter(
      templates: ProjectFolder.find("report-templates", containing: "page.mustache"))
    try writer.check(output: output)
    let workload = try Workload(work)
    let results = try await workload.execute(jobs: work.jobCount, keepsWeights: false)
    let chosen = work.figures == nil ? nil : workload.figures.map(\.id).joined(separator: ",")
    let making = ReportMaking(
      profile: work.profile, seed: work.seed, chosenFigures: chosen, date: try Self.date(),
      decisions: workload.decisions, specs: workload.specs, figures: workload.figures)
    let content = try making.content(records: results.records, samples: results.samples)
    let seconds = ReportMaking.secondsByFigure(
      content, records: results.records, samples: results.samples)
    let summary = try writer.write(
      content, volatile: facts(workload, started: started, secondsByFigure: seconds), to: output)
    show(content)
    print("\(output)/index.html is written; digest \(summary.digest)")
  }

  private func show(_ content: ReportContent) {
    for claim in content.claims {
      let condition = claim.condition.map { ", \($0)" } ?? ""
      let place = [claim.figure, claim.panel].compactMap { $0 }.joined(separator: ".")
      print("\(claim.verdict.words.lowercased()): \(claim.statement) (\(place)\(condition))")
    }
  }

  /// The report of a bundle, from its runs, specs and templates alone; status 1 where its bytes differ from
  /// those of the bundle's.
  private func rebuild(_ bundle: String, started: Date) throws {
    let unpacked = try UnpackedBundle(bundle, limits: reading.limits)
    defer { unpacked.remove() }
    let writer = try SiteWriter(templates: unpacked.report.path(of: "source/report-templates"))
    try writer.check(output: output)
    let inputs = unpacked.report.inputs
    let specs = try SpecLibrary(folder: unpacked.report.path(of: "source/figures"))
    let all = specs.figures(profile: inputs.profile)
    let chosen = try inputs.chosenFigures.map { try FigureSelection.figures($0, among: all) } ?? all
    let making = ReportMaking(
      profile: inputs.profile, seed: inputs.seed, chosenFigures: inputs.chosenFigures, date: inputs.date,
      decisions: inputs.decisions, specs: specs,
      figures: chosen.map { $0.applying(inputs.decisions) })
    let (records, samples) = (try unpacked.records(), try unpacked.samples())
    let content = try making.content(records: records, samples: samples)
    let summary = try writer.write(
      content,
      volatile: facts(
        started: started,
        secondsByFigure: ReportMaking.secondsByFigure(content, records: records, samples: samples),
        paths: [NamedValue(name: "bundle", value: bundle)], other: []),
      to: output)
    show(content)
    print("\(output)/index.html is written; digest \(summary.digest)")
    guard summary.digest == unpacked.report.digest else {
      let version = unpacked.report.plateauVersion ?? "unknown"
      Console.note(
        """
        plateau: the bytes are not those of the bundle, whose digest is \(unpacked.report.digest) and which \
        plateau \(version) made
        """)
      throw ExitCode(1)
    }
    print("the same bytes as in the bundle")
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

  private func facts(
    _ workload: Workload, started: Date, secondsByFigure: [String: Double]
  ) -> VolatileFacts {
    let pending = workload.survey.pending.count
    return facts(
      started: started, secondsByFigure: secondsByFigure,
      paths: [
        NamedValue(name: "store", value: URL(fileURLWithPath: work.store).path),
        NamedValue(name: "data", value: work.data.roots.folders.joined(separator: ":")),
      ],
      other: [
        NamedValue(name: "jobs", value: "\(work.jobCount)"),
        NamedValue(name: "runs executed", value: "\(pending)"),
        NamedValue(name: "runs from the store", value: "\(workload.survey.items.count - pending)"),
      ])
  }

  /// What differs between two calls that make the same report.
  private func facts(
    started: Date, secondsByFigure: [String: Double], paths: [NamedValue], other: [NamedValue]
  ) -> VolatileFacts {
    let finished = Date()
    let system = ProcessInfo.processInfo
    return VolatileFacts(
      host: system.hostName, started: started.ISO8601Format(), finished: finished.ISO8601Format(),
      durationInSeconds: finished.timeIntervalSince(started), secondsByFigure: secondsByFigure,
      versions: [
        NamedValue(name: "system", value: system.operatingSystemVersionString),
        NamedValue(name: "BLAS kernels", value: BLASRuntime.kernelName),
        NamedValue(name: "BLAS library", value: BLASRuntime.configuration),
      ],
      paths: [NamedValue(name: "output", value: output)] + paths, other: other)
  }
}
