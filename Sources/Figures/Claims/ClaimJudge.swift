import ReportDocuments
import Specifications

/// Judges a claim on a panel by the rule in its spec.
struct ClaimJudge {
  let claims: [ClaimSpec]

  /// The claim that a panel names; nil where it names none of the claims.
  func claim(of panel: PanelSpec) -> ClaimSpec? {
    panel.claim.flatMap { name in claims.first { $0.name == name } }
  }

  /// The verdicts on one panel of a figure; none of them on stand-in images.
  func verdicts(
    _ panel: any DrawnPanel, of spec: FigureSpec, pairs: [PanelPair], statistics: [StatisticRow]
  ) -> [ClaimVerdict] {
    guard let claim = claim(of: panel.spec) else { return [] }
    // A panel that is not available shows no runs, whatever it names.
    let groups = panel is UnavailablePanel ? [] : panel.spec.runs.compactMap { spec.runs[$0] }
    let substitution = groups.compactMap(\.substitution).first
    let figure = JudgedFigure(id: spec.id, pairs: pairs, statistics: statistics)
    return panel.verdicts(claim, by: self, in: figure).map { verdict in
      var verdict = verdict
      verdict.paperResult = panel.spec.paper
      if let substitution {
        verdict.condition = [verdict.condition, substitution.words].compactMap { $0 }.joined(separator: ", ")
      }
      if groups.contains(where: \.dataset.isStandIn) {
        verdict.verdict = .notJudged(reason: substitution?.words ?? "these are images that the program draws")
      }
      return verdict
    }
  }

  /// One verdict for each likelihood of the panel, by one statistic and the rule given.
  func verdicts(
    _ claim: ClaimSpec, on panel: ScatterPanel, by statistic: StatisticName, in statistics: [StatisticRow],
    rule: (ClaimSpec, Estimate?) -> ClaimVerdict.Verdict
  ) -> [ClaimVerdict] {
    panel.likelihoods.map { likelihood in
      let id = panel.identifier(likelihood, statistic.name)
      return ClaimVerdict(
        claim, figure: panel.figure, panel: panel.spec.id,
        condition: Self.condition(likelihood, of: panel), statistics: [id],
        rule(claim, statistics.estimate(id)))
    }
  }

  /// One verdict for each likelihood of the panel's prior.
  func difference(
    _ claim: ClaimSpec, _ panel: ScatterPanel, _ pairs: [PanelPair], _ statistics: [StatisticRow]
  ) -> [ClaimVerdict] {
    let flatness = panel.identifier(panel.drawnLikelihood, StatisticName.spearman.name)
    guard let pair = pairs.first(where: { $0.flatness.spec.id == panel.spec.id }) else {
      return [
        ClaimVerdict(
          claim, figure: panel.figure, panel: panel.spec.id, condition: nil, statistics: [flatness],
          .notJudged(reason: "the figure has no panel of the prior over the same runs"))
      ]
    }
    return pair.prior.likelihoods.map { likelihood in
      let difference = pair.identifier(likelihood, .spearmanDifference)
      return ClaimVerdict(
        claim, figure: panel.figure, panel: panel.spec.id,
        condition: Self.condition(likelihood, of: pair.prior), statistics: [difference, flatness],
        Self.verdict(
          claim, difference: statistics.estimate(difference),
          flatness: statistics.estimate(flatness)))
    }
  }

  func course(
    _ claim: ClaimSpec, _ panel: TimelinePanel, _ statistics: [StatisticRow]
  ) -> [ClaimVerdict] {
    let (move, change): (StatisticName, StatisticName)
    let allowed: Double
    switch claim.statistic {
    case .rescaling, .rescalingInvariance:
      (move, change, allowed) = (.rescalingMove, .rescalingFunctionChange, 0)
    case .overtraining:
      (move, change, allowed) = (.overtrainingFall, .overtrainingChange, claim.changedShare ?? 0)
    case .pearson, .spearman, .spearmanDifference, .spearmanWithin, .pearsonAgreement, .boundedShare,
      .robustness, .differingVerdicts:
      return []
    }
    let ids = [move, change].map(panel.identifier)
    let estimates = ids.map(statistics.estimate)
    return [
      ClaimVerdict(
        claim, figure: panel.figure, panel: panel.spec.id, condition: nil, statistics: ids,
        Self.verdict(claim, move: estimates[0], change: estimates[1], allowed: allowed))
    ]
  }

  private static func condition(_ likelihood: PriorSettings.Likelihood, of panel: ScatterPanel) -> String? {
    panel.likelihoods.count > 1 || panel.axes.likelihood != nil
      ? "\(QuantityText.name(likelihood)) likelihood" : nil
  }
}

extension ClaimVerdict {
  /// The verdict on a claim for one panel.
  init(
    _ claim: ClaimSpec, figure: String, panel: String, condition: String?, statistics: [String],
    _ verdict: ClaimVerdict.Verdict
  ) {
    self.init(
      name: claim.name, statement: claim.statement, paperSays: claim.paper, rule: claim.rule,
      figure: figure, panel: panel, condition: condition, statistics: statistics,
      threshold: claim.threshold, verdict: verdict)
  }
}
