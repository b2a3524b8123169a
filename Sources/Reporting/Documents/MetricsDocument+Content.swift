import Figures
package import ReportDocuments
import Specifications

extension MetricsDocument {
  /// The statistics and verdicts of `content`.
  package init(_ content: ReportContent) {
    self.init(
      plateauVersion: content.plateauVersion, profile: content.profile.name, seed: content.seed,
      statistics: content.sections.flatMap { figure in
        figure.statistics.map { row in
          Statistic(
            id: row.id, figure: figure.id, panel: row.panel, quantities: row.quantities,
            statistic: row.statistic.name, title: row.statistic.title, estimate: row.documented,
            note: row.note,
            claims: content.claims.filter { $0.statistics.contains(row.id) }.map {
              JudgedClaim(claim: $0.name, verdict: $0.verdict.name.rawValue)
            })
        }
      },
      claims: content.claims.map { claim in
        Claim(
          name: claim.name, statement: claim.statement, paperSays: claim.paperSays,
          paperResult: claim.paperResult, rule: claim.rule, figure: claim.figure, panel: claim.panel,
          condition: claim.condition, statistics: claim.statistics,
          threshold: claim.threshold, verdict: claim.verdict.name.rawValue, reason: claim.verdict.reason)
      })
  }
}

extension ReportContent {
  /// The claims' verdicts, each once: without those that a figure repeats on the same networks as one before it.
  var countedClaims: [ClaimVerdict] {
    let metrics = MetricsDocument(self)
    return zip(claims, metrics.claims).countedOnce { JudgementEvidence(of: $0.1, in: metrics) }.map(\.0)
  }
}

extension StatisticRow {
  /// What documents say of it: no number that is not finite.
  var documented: StatisticValue {
    switch estimate.finite {
    case .measured(let value, let interval, let pValue):
      StatisticValue(
        value: value, lower: interval?.lowerBound, upper: interval?.upperBound, pValue: pValue, n: n)
    case .unmeasured(let reason): StatisticValue(n: n, unmeasured: reason)
    }
  }
}
