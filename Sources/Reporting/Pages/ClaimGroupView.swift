import Figures

/// One claim: what the paper says about it, and all its judgements, panel by panel.
struct ClaimGroupView {
  let claimName: String
  let statement: String
  /// What the paper says; nil where the claim goes beyond it.
  let paperSays: String?
  let rule: String
  let groupCounts: [VerdictCountView]
  let judgedPanels: [JudgedPanelView]

  /// Verdicts of one name make one group; the groups stand in the order in which their names first appear.
  static func groups(of content: ReportContent) -> [ClaimGroupView] {
    let statistics = Dictionary(
      content.sections.flatMap(\.statistics).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let labels = FigureLabels(content.sections)
    let counted = Dictionary(grouping: content.countedClaims, by: \.name)
    return content.claims.grouped(by: \.name).compactMap { group in
      guard let first = group.first else { return nil }
      let scale = IntervalPlot.Scale(claims: group, statistics: statistics)
      return ClaimGroupView(
        claimName: first.name, statement: first.statement, paperSays: first.paperSays,
        rule: first.rule.withoutFinalStop,
        groupCounts: VerdictCountView.counts(of: counted[first.name] ?? []),
        judgedPanels: group.grouped { [$0.figure, $0.panel ?? ""] }.compactMap {
          JudgedPanelView($0, statistics: statistics, labels: labels, scale: scale)
        })
    }
  }
}

/// A panel, or a figure as a whole, with what the paper finds in it and the judgements of one claim on it.
struct JudgedPanelView {
  let place: FigureLabels.Link
  let panelMark: String
  /// The title of the panel, where it has statistics.
  let panelTitle: String?
  let paperResult: String?
  let judgements: [JudgementView]

  /// nil without judgements.
  init?(
    _ claims: [ClaimVerdict], statistics: [String: StatisticRow], labels: FigureLabels,
    scale: IntervalPlot.Scale
  ) {
    guard let first = claims.first else { return nil }
    place = labels.link(first.figure)
    panelMark = first.panel.map { "(\($0))" } ?? ""
    panelTitle = first.statistics.lazy.compactMap { statistics[$0]?.panelTitle }.first { !$0.isEmpty }
    paperResult = first.paperResult
    judgements = claims.map { JudgementView($0, statistics: statistics, scale: scale) }
  }
}

/// One judgement: a verdict, and the statistics that decided.
struct JudgementView {
  let verdict: VerdictView
  let condition: String?
  let evidence: [EvidenceView]
  /// Whether there is so much evidence that the page shows it on demand.
  let hasMuchEvidence: Bool
  let evidenceCount: Int
  /// Why there is no verdict, where no statistic above says so.
  let notJudgedReason: String?

  init(_ claim: ClaimVerdict, statistics: [String: StatisticRow], scale: IntervalPlot.Scale) {
    verdict = VerdictView(claim.verdict)
    condition = claim.condition
    let rows = claim.statistics.compactMap { statistics[$0] }
    evidence = rows.map { row in
      let isOneOfSeveral = rows.count { $0.statistic == row.statistic } > 1
      return EvidenceView(
        row, quantities: isOneOfSeveral ? row.quantities : nil, threshold: claim.threshold, scale: scale)
    }
    hasMuchEvidence = rows.count > 6
    evidenceCount = rows.count
    let reasonsShown = evidence.map(\.statistic.unmeasuredReason)
    notJudgedReason = claim.verdict.reason.flatMap { reasonsShown.contains($0) ? nil : $0 }
  }
}

/// A statistic as a claim shows it: in one line, with its interval drawn against the threshold.
struct EvidenceView {
  let statistic: StatisticView
  /// What the statistic is of, where several of its kind decide together.
  let evidenceQuantities: String?
  let plot: IntervalPlot?

  init(_ row: StatisticRow, quantities: String?, threshold: Double?, scale: IntervalPlot.Scale) {
    statistic = StatisticView(row)
    evidenceQuantities = quantities
    plot = IntervalPlot(row, threshold: threshold, scale: scale)
  }
}
