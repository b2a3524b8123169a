import Encodings
import Foundation
package import Reporting

/// Writes a history as a folder that opens from disk: `index.html`, `history.csv`, `history.json`.
package struct HistoryWriter {
  private let folder: PageFolder<ReportHistory>

  /// A writer to `folder` with the templates in the folder `templates`; checks both before any work is done.
  ///
  /// - Throws: `ReportingError` if a template is not sound, or `folder` holds anything but a history,
  ///   such as one of the `inputs`.
  package init(templates: String, to folder: String, inputs: [String]) throws(ReportingError) {
    self.folder = try PageFolder(
      folder, kind: "history", inputs: inputs, templates: templates, page: "history",
      assets: ["style.css", "history.css"])
  }

  /// Writes `history`, replacing an earlier one there as a whole.
  ///
  /// - Parameter top: what moved most, for a section at the head of the page; nil for none.
  /// - Throws: `ReportingError` if it cannot be written.
  package func write(_ history: ReportHistory, top: HistoryMoves? = nil) throws {
    try folder.write(
      history, page: HistoryPage(history, top: top),
      files: ["history.csv": Data(HistoryTable(history: history).csv.utf8)])
  }
}

/// A history as a tidy table: one row a report and statistic.
struct HistoryTable {
  let history: ReportHistory

  var csv: String {
    let header = [
      "report", "finished", "plateau_version", "profile", "seed", "digest_sha256", "statistic_id", "figure",
      "panel", "quantities", "statistic", "n", "value", "lower", "upper", "p_value", "unmeasured",
      "comparable_with_previous",
    ]
    var rows: [[String]] = []
    for series in history.statistics {
      for (index, side) in series.values.enumerated() {
        guard let side else { continue }
        let report = history.reports[index]
        rows.append(
          [
            report.name, report.finished ?? "", report.plateauVersion, report.profile, "\(report.seed)",
            report.digest, series.id, series.figure, series.panel, series.quantities, series.title,
            "\(side.n)",
          ] + [side.value, side.lower, side.upper, side.pValue].map { $0.map { "\($0)" } ?? "" }
            + [side.unmeasured ?? "", series.isComparable[index] ? "yes" : "no"])
      }
    }
    return CSVTable(header: header, rows: rows).text
  }
}
