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
      "schema": .string(Self.schema),
      "plateauVersion": .string(content.plateauVersion),
      "profile": .string(content.profile.name),
      "seed": .unsigned(content.seed),
      "confidence": .number(0.95),
      "statistics": .array(
        content.sections.flatMap { figure in figure.statistics.map { row($0, in: figure) } }),
      "claims": .array(content.claims.map(claim)),
    ])
  }

  private func row(_ row: StatisticRow, in figure: FigureSection) -> JSONValue {
    var members: [String: JSONValue] = [
      "id": .string(row.id),
      "figure": .string(figure.id),
      "panel": .string(row.panel),
      "quantities": .string(row.quantities),
      "statistic": .string(row.statistic.name),
      "title": .string(row.statistic.title),
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
      members["unmeasured"] = .string(reason)
    }
    return .object(members)
  }

  private func shortClaim(_ claim: ClaimVerdict) -> JSONValue {
    .object(["claim": .string(claim.name), "verdict": .string(claim.verdict.name)])
  }

  private func claim(_ claim: ClaimVerdict) -> JSONValue {
    .object([
      "name": .string(claim.name),
      "statement": .string(claim.statement),
      "rule": .string(claim.rule),
      "figure": .string(claim.figure),
      "panel": .optional(claim.panel),
      "condition": .optional(claim.condition),
      "statistics": .array(claim.statistics.map(JSONValue.string)),
      "threshold": .optional(claim.threshold),
      "verdict": .string(claim.verdict.name),
      "reason": .optional(claim.verdict.reason),
    ])
  }
}
