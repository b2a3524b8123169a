import Encodings
import Figures

/// `metrics.json`: every statistic and every verdict, for programs and for `plateau diff`.
///
/// Each statistic has `value`, `lower`, `upper` (95 %), `pValue` and `n`; where there is no value these are
/// null and
/// `unmeasured` says why. `claims` lists the claims that rest on it, with their verdicts.
struct MetricsDocument {
  /// The marker by which a folder is known as a report.
  static let schema = "plateau-metrics/1"

  let content: ReportContent

  var json: JSONValue {
    .object([
      "schema": .text(Self.schema),
      "plateauVersion": .text(content.plateauVersion),
      "profile": .text(content.profile.name),
      "seed": .unsigned(content.seed),
      "confidence": .number(0.95),
      "statistics": .array(
        content.sections.flatMap { figure in figure.statistics.map { row($0, in: figure) } }),
      "claims": .array(content.claims.map(claim)),
    ])
  }

  private func row(_ row: StatisticRow, in figure: FigureSection) -> JSONValue {
    var members: [String: JSONValue] = [
      "id": .text(row.id),
      "figure": .text(figure.id),
      "panel": .text(row.panel),
      "quantities": .text(row.quantities),
      "statistic": .text(row.statistic.name),
      "title": .text(row.statistic.title),
      "n": .integer(row.n),
      "note": .optional(row.note),
      "claims": .array(content.claims.filter { $0.statistics.contains(row.id) }.map(shortClaim)),
    ]
    switch row.estimate.finite {
    case .measured(let value, let interval, let pValue):
      members["value"] = .number(value)
      members["lower"] = .optional(interval?.lowerBound)
      members["upper"] = .optional(interval?.upperBound)
      members["pValue"] = .optional(pValue)
      members["unmeasured"] = .null
    case .unmeasured(let reason):
      for name in ["value", "lower", "upper", "pValue"] { members[name] = .null }
      members["unmeasured"] = .text(reason)
    }
    return .object(members)
  }

  private func shortClaim(_ claim: ClaimVerdict) -> JSONValue {
    .object(["claim": .text(claim.name), "verdict": .text(claim.verdict.name)])
  }

  private func claim(_ claim: ClaimVerdict) -> JSONValue {
    .object([
      "name": .text(claim.name),
      "statement": .text(claim.statement),
      "rule": .text(claim.rule),
      "figure": .text(claim.figure),
      "panel": .optional(claim.panel),
      "condition": .optional(claim.condition),
      "statistics": .array(claim.statistics.map(JSONValue.text)),
      "threshold": .optional(claim.threshold),
      "verdict": .text(claim.verdict.name),
      "reason": .optional(claim.verdict.reason),
    ])
  }
}
