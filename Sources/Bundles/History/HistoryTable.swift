import Encodings
import Reporting

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
