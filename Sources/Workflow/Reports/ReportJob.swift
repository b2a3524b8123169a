import Bundles
import Experiments
import Foundation
package import ReportDocuments
package import Reporting
import Specifications

/// Runs what is missing and writes the report on the requested figures, or finds that it stands already.
package struct ReportJob: Sendable {
  /// What a report states, and where it is.
  package struct Outcome: Sendable {
    /// Its statistics and judgements.
    package let metrics: MetricsDocument
    /// The digest of all its files but `run.json`.
    package let digest: String
    /// What was written; nil where the report stood already, made by this program from the same stored results.
    package let site: SiteSummary?
  }
  private let request: WorkRequest
  private let places: WorkPlaces
  private let output: String
  private let date: String
  private let isOfStored: Bool
  private let program: @Sendable () -> [MappedFile]?

  /// - Parameters:
  ///   - isOfStored: whether the report is made from what is stored alone, and nothing is executed: what is not all
  ///     there is left out, and said to be.
  ///   - output: the folder to write; an earlier report there is replaced.
  ///   - date: ``ReportDate/iso8601(sourceDateEpoch:)``.
  package init(
    _ request: WorkRequest, in places: WorkPlaces, output: String, date: String, isOfStored: Bool = false
  ) {
    self.init(
      request, in: places, output: output, date: date, isOfStored: isOfStored,
      program: { MappedFile.ofProcess })
  }

  /// - Parameter program: the files that this program consists of. Those that the process has mapped are no others
  ///   where it does this job alone.
  init(
    _ request: WorkRequest, in places: WorkPlaces, output: String, date: String, isOfStored: Bool = false,
    program: @escaping @Sendable () -> [MappedFile]?
  ) {
    self.program = program
    self.isOfStored = isOfStored
    self.request = request
    self.places = places
    self.output = output
    self.date = date
  }

  /// Makes the report, a first time as soon as the figures stand that are looked at first. Output and templates
  /// are checked before anything is executed. Nothing is made where the report stands already: with everything stored,
  /// and the same ``ReportBasis`` and sound files in the output folder, to make it again would make the same bytes.
  ///
  /// - Throws: what ``Workload`` throws; `ReportingError` where the report cannot be written.
  package func execute(
    isCancelled: @escaping @Sendable () -> Bool = { false },
    tell: @escaping @Sendable (WorkEvent) -> Void = { _ in }
  ) async throws -> Outcome {
    let clock = ReportClock()
    let writer = try SiteWriter(templates: places.project.templates(with: "page.mustache"))
    try writer.check(
      output: output,
      inputs: [request.store] + places.images.folders.filter { FileManager.default.fileExists(atPath: $0) })
    let workload = try Workload(request, in: places, tell: tell)
    let mapped = program()
    let chosen = request.chosenFigures == nil ? nil : workload.figures.map(\.id).joined(separator: ",")
    func recipe(without undone: [DataDecision]) -> ReportRecipe {
      ReportRecipe(
        profile: request.profile, seed: request.seed, chosenFigures: chosen, date: date,
        decisions: workload.decisions + undone, specs: workload.specs,
        figures: workload.figures.map { $0.applying(undone) })
    }
    func basis(_ results: Workload.Results, without undone: [DataDecision]) throws -> String? {
      guard let mapped else { return nil }
      return try ReportBasis(
        files: mapped,
        inputs: recipe(without: undone).inputs(records: results.records, samples: results.samples),
        templates: writer.sources, paths: paths, records: results.records, samples: results.samples
      ).digest()
    }
    func write(_ results: Workload.Results, without undone: [DataDecision]) throws -> Outcome {
      let stopIfCancelled: @Sendable () throws -> Void = {
        if isCancelled() { throw ExperimentError.interrupted(finished: results.executed, remaining: 0) }
      }
      let content = try recipe(without: undone).content(
        records: results.records, samples: results.samples, checkpoint: stopIfCancelled)
      try stopIfCancelled()
      let facts = clock.facts(
        content: content, records: results.records, samples: results.samples,
        otherFonts: workload.otherFonts, paths: paths, basis: try basis(results, without: undone),
        other: [
          NamedValue(name: "jobs", value: "\(request.jobs)"),
          NamedValue(name: "runs executed", value: "\(results.executed)"),
          NamedValue(name: "runs from the store", value: "\(results.records.count - results.executed)"),
        ])
      let site = try writer.write(content, volatile: facts, to: output)
      return Outcome(metrics: MetricsDocument(content), digest: site.digest, site: site)
    }
    if isOfStored {
      let results = workload.stored
      let undone = workload.undone(results, .unfinished)
      for decision in undone { tell(.dataDecided(decision)) }
      if let standing = standing(on: try basis(results, without: undone)) { return standing }
      tell(.writing)
      return try write(results, without: undone)
    }
    if workload.survey.isAllStored, let standing = standing(on: try basis(workload.stored, without: [])) {
      return standing
    }
    var outcome: Outcome?
    try await workload.execute(isCancelled: isCancelled, tell: tell) { results, isAll in
      let undone = isAll ? [] : workload.undone(results, .running)
      outcome = try write(results, without: undone)
      if !isAll {
        tell(.written(first: workload.firstFigures.map(\.id), folder: output))
      }
    }
    guard let outcome else { preconditionFailure("expected a report after the last stage") }
    return outcome
  }

  /// The report in the output folder, if it was made on `basis` and none of its files is missing or damaged. Costs one
  /// reading of them.
  private func standing(on basis: String?) -> Outcome? {
    guard let basis, let report = try? ReportFolder(output), let run: RunDocument = try? report.document(),
      run.basis == basis, let metrics: MetricsDocument = try? report.document()
    else { return nil }
    return Outcome(metrics: metrics, digest: report.digest, site: nil)
  }

  private var paths: [NamedValue] {
    [
      NamedValue(name: "output", value: output),
      NamedValue(name: "store", value: URL(fileURLWithPath: request.store).path),
      NamedValue(name: "data", value: places.images.folders.joined(separator: ":")),
    ]
  }
}
