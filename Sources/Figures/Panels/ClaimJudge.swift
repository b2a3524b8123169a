import Planning

/// Judges a claim on a panel by the rule in its spec: the 95 % interval of one statistic against a threshold.
struct ClaimJudge {
  let claims: [ClaimSpec]

  /// One verdict for each likelihood of the panel; none where the panel has no claim.
  func verdicts(_ panel: ScatterPanel, statistics: [StatisticRow]) -> [ClaimVerdict] {
    guard let name = panel.spec.claim, let claim = claims.first(where: { $0.name == name }) else { return [] }
    let statistic: StatisticName = claim.statistic == .pearson ? .pearson : .spearman
    return panel.likelihoods.map { likelihood in
      let id = panel.identifier(likelihood, statistic.name)
      let estimate = panel.estimate(likelihood, statistic, in: statistics)
      return ClaimVerdict(
        name: claim.name, statement: claim.statement, rule: claim.rule, figure: panel.figure,
        panel: panel.spec.id,
        condition: panel.likelihoods.count > 1 ? "\(QuantityText.name(likelihood)) likelihood" : nil,
        statistics: [id], threshold: claim.threshold, verdict: Self.verdict(claim, estimate))
    }
  }

  /// The rule itself.
  static func verdict(_ claim: ClaimSpec, _ estimate: Estimate?) -> ClaimVerdict.Verdict {
    switch estimate {
    case nil: return .notJudged(reason: "the statistic is not in this report")
    case .unmeasured(let reason): return .notJudged(reason: reason)
    case .measured(_, nil, _): return .notJudged(reason: "the statistic has no interval")
    case .measured(_, let interval?, _):
      let isAbove =
        claim.strict
        ? interval.lowerBound > claim.threshold : interval.lowerBound >= claim.threshold
      if isAbove { return .holds }
      return interval.upperBound < claim.threshold ? .doesNotHold : .undecided
    }
  }
}
