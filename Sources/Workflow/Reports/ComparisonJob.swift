package import Bundles
import Foundation
import SpecReading

/// Compares two reports, and writes what was found as a page and as JSON where asked.
package struct ComparisonJob: Sendable {
  private let first: String
  private let second: String
  private let project: ProjectFolder
  private let limits: ArchiveLimits
  private let tolerances: String?
  private let output: String?
  private let json: String?

  /// - Parameters:
  ///   - first: a report's folder or its bundle; so is `second`.
  ///   - limits: how much of a bundle is read at most.
  ///   - tolerances: a file whose rules come before those of `figures/tolerances.yml`.
  ///   - output: the folder of the page to write; an earlier comparison there is replaced.
  ///   - json: the file for the whole comparison.
  package init(
    _ first: String, _ second: String, project: ProjectFolder, limits: ArchiveLimits = ArchiveLimits(),
    tolerances: String? = nil, output: String? = nil, json: String? = nil
  ) {
    self.first = first
    self.second = second
    self.project = project
    self.limits = limits
    self.tolerances = tolerances
    self.output = output
    self.json = json
  }

  /// Makes the comparison.
  ///
  /// - Throws: `SpecError` for a mistake in the tolerances, `BundlesError` for a report that cannot be read,
  ///   `ReportingError` or ``OutputFile/NotWritten`` for a place that cannot be written.
  package func execute() throws -> ReportComparison {
    let defaults = "\(try project.specs())/\(TolerancesReader.fileName)"
    let tolerances = try TolerancesReader.tolerances(defaults: defaults, own: tolerances)
    let writer = try output.map {
      try ComparisonWriter(templates: project.templates(with: "diff.mustache"), to: $0)
    }
    let before = try OpenedReport(first, limits: limits)
    defer { before.close() }
    let after = try OpenedReport(second, limits: limits)
    defer { after.close() }
    let comparison = try ReportComparer(before.report, after.report, tolerances: tolerances).comparison()
    if let json { try OutputFile.write(comparison.bytes(), to: json) }
    try writer?.write(comparison, before: before.report, after: after.report)
    return comparison
  }
}

/// A file that the user asked for.
package enum OutputFile {
  package struct NotWritten: Error, CustomStringConvertible {
    let path: String
    let reason: String
    package var description: String {
      "\(path) could not be written: \(reason). Free space, correct the permissions or name another file"
    }
  }

  /// Writes all of it, or leaves what was there.
  static func write(_ data: Data, to path: String) throws(NotWritten) {
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw NotWritten(path: path, reason: error.localizedDescription)
    }
  }
}
