import Encodings
import Figures

/// `data/claims.csv`: one row a judgement and statistic.
struct ClaimsTable {
  let content: ReportContent

  var csv: String {
    let statistics = Dictionary(
      content.sections.flatMap(\.statistics).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let header = [
      "claim", "figure", "panel", "condition", "verdict", "reason", "statistic", "value", "lower", "upper",
      "n", "threshold", "paper_says", "paper_result",
    ]
    var rows: [[String]] = []
    for claim in content.claims {
      let measured = claim.statistics.compactMap { statistics[$0] }
      let columns = measured.isEmpty ? [["", "", "", "", ""]] : measured.map(Self.columns)
      rows += columns.map {
        [
          claim.name, claim.figure, claim.panel ?? "", claim.condition ?? "", claim.verdict.name.rawValue,
          claim.verdict.reason ?? "",
        ] + $0 + [
          claim.threshold.map { "\($0)" } ?? "", claim.paperSays ?? "", claim.paperResult ?? "",
        ]
      }
    }
    return CSVTable(header: header, rows: rows).text
  }

  private static func columns(_ row: StatisticRow) -> [String] {
    guard case .measured(let value, let interval, _) = row.estimate.finite else {
      return [row.statistic.name, "", "", "", "\(row.n)"]
    }
    return [
      row.statistic.name, "\(value)", interval.map { "\($0.lowerBound)" } ?? "",
      interval.map { "\($0.upperBound)" } ?? "", "\(row.n)",
    ]
  }
}
