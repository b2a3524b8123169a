package import Bundles

/// Puts the statistics of many reports side by side, as a page and a table.
package struct HistoryJob: Sendable {
  private let reports: [String]
  private let project: ProjectFolder
  private let limits: ArchiveLimits
  private let output: String
  private let threshold: Double?
  /// What was found.
  package struct Outcome: Sendable {
    /// Every statistic and verdict over the reports.
    package let history: ReportHistory
    /// What moved most; nil where no threshold was given.
    package let top: HistoryMoves?
  }

  /// - Parameters:
  ///   - reports: at least two folders or bundles.
  ///   - limits: how much of a bundle is read at most.
  ///   - output: the folder to write; an earlier history there is replaced.
  ///   - threshold: a statistic that moved by more is listed, as `HistoryMoves` counts it; nil for no list.
  package init(
    _ reports: [String], project: ProjectFolder, limits: ArchiveLimits = ArchiveLimits(), output: String,
    threshold: Double? = nil
  ) {
    self.reports = reports
    self.project = project
    self.limits = limits
    self.output = output
    self.threshold = threshold
  }

  /// Reads the reports and writes their history.
  ///
  /// - Throws: `BundlesError` for a report that cannot be read, `ReportingError` for a place that cannot be
  ///   written.
  package func execute() throws -> Outcome {
    let writer = try HistoryWriter(
      templates: project.templates(with: "history.mustache"), to: output, inputs: reports)
    var opened: [OpenedReport] = []
    defer { for report in opened { report.close() } }
    for path in reports { opened.append(try OpenedReport(path, limits: limits)) }
    let history = try ReportHistory(opened.map(\.report))
    let top = threshold.map { HistoryMoves(history, threshold: $0) }
    try writer.write(history, top: top)
    return Outcome(history: history, top: top)
  }
}
