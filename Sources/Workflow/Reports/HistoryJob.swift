package import Bundles

/// Puts the statistics of many reports side by side, as a page and a table.
package struct HistoryJob: Sendable {
  private let reports: [String]
  private let project: ProjectFolder
  private let limits: ArchiveLimits
  private let output: String

  /// - Parameters:
  ///   - reports: at least two folders or bundles.
  ///   - limits: how much of a bundle is read at most.
  ///   - output: the folder to write; an earlier history there is replaced.
  package init(
    _ reports: [String], project: ProjectFolder, limits: ArchiveLimits = ArchiveLimits(), output: String
  ) {
    self.reports = reports
    self.project = project
    self.limits = limits
    self.output = output
  }

  /// Reads the reports and writes their history.
  ///
  /// - Throws: `BundlesError` for a report that cannot be read, `ReportingError` for a place that cannot be
  ///   written.
  package func execute() throws -> ReportHistory {
    let writer = try HistoryWriter(
      templates: project.templates(with: "history.mustache"), to: output, inputs: reports)
    var opened: [OpenedReport] = []
    defer { for report in opened { report.close() } }
    for path in reports { opened.append(try OpenedReport(path, limits: limits)) }
    let history = try ReportHistory(opened.map(\.report))
    try writer.write(history)
    return history
  }
}
