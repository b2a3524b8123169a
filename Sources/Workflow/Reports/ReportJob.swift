import Experiments
import Foundation
package import Reporting
import Specifications

/// Runs what is missing and writes the report on the requested figures.
package struct ReportJob: Sendable {
  /// What a report states, and where it is.
  package struct Outcome: Sendable {
    package let content: ReportContent
    package let site: SiteSummary
  }
  private let request: WorkRequest
  private let places: WorkPlaces
  private let output: String
  private let date: String
  private let isOfStored: Bool

  /// - Parameters:
  ///   - isOfStored: whether the report is made from what is stored alone, and nothing is executed: what is not all
  ///     there is left out, and said to be.
  ///   - output: the folder to write; an earlier report there is replaced.
  ///   - date: ``ReportDate/iso8601(sourceDateEpoch:)``.
  package init(
    _ request: WorkRequest, in places: WorkPlaces, output: String, date: String, isOfStored: Bool = false
  ) {
    self.isOfStored = isOfStored
    self.request = request
    self.places = places
    self.output = output
    self.date = date
  }

  /// Makes the report, a first time as soon as the figures stand that are looked at first. Output and templates
  /// are checked before anything is executed.
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
    let chosen = request.chosenFigures == nil ? nil : workload.figures.map(\.id).joined(separator: ",")
    func write(_ results: Workload.Results, without undone: [DataDecision]) throws -> Outcome {
      let stopIfCancelled: @Sendable () throws -> Void = {
        if isCancelled() { throw ExperimentError.interrupted(finished: results.executed, remaining: 0) }
      }
      let recipe = ReportRecipe(
        profile: request.profile, seed: request.seed, chosenFigures: chosen, date: date,
        decisions: workload.decisions + undone, specs: workload.specs,
        figures: workload.figures.map { $0.applying(undone) })
      let content = try recipe.content(
        records: results.records, samples: results.samples, checkpoint: stopIfCancelled)
      try stopIfCancelled()
      let facts = facts(of: content, results, workload.otherFonts, clock)
      return Outcome(content: content, site: try writer.write(content, volatile: facts, to: output))
    }
    if isOfStored {
      let results = workload.stored
      let undone = workload.undone(results, .unfinished)
      for decision in undone { tell(.dataDecided(decision)) }
      tell(.writing)
      return try write(results, without: undone)
    }
    var outcome: Outcome?
    try await workload.execute(isCancelled: isCancelled, tell: tell) { results, isAll in
      let undone = isAll ? [] : workload.undone(results, .running)
      let written = try write(results, without: undone)
      outcome = written
      if !isAll {
        tell(.written(first: workload.firstFigures.map(\.id), folder: output))
      }
    }
    guard let outcome else { preconditionFailure("expected a report after the last stage") }
    return outcome
  }

  private func facts(
    of content: ReportContent, _ results: Workload.Results, _ otherFonts: Set<String>, _ clock: ReportClock
  ) -> VolatileFacts {
    clock.facts(
      content: content, records: results.records, samples: results.samples,
      otherFonts: otherFonts,
      paths: [
        NamedValue(name: "output", value: output),
        NamedValue(name: "store", value: URL(fileURLWithPath: request.store).path),
        NamedValue(name: "data", value: places.images.folders.joined(separator: ":")),
      ],
      other: [
        NamedValue(name: "jobs", value: "\(request.jobs)"),
        NamedValue(name: "runs executed", value: "\(results.executed)"),
        NamedValue(name: "runs from the store", value: "\(results.records.count - results.executed)"),
      ])
  }
}
