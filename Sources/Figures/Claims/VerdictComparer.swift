import Specifications

/// Judges the claims that compare the verdicts of two figures.
struct VerdictComparer {
  let claims: [ClaimSpec]
  /// The figures of the report, with the verdicts on their panels.
  let results: [FigureResult]

  /// The verdict on the `comparison` of `spec`; empty without one.
  ///
  /// The first verdict of each panel counts: the one under the drawn likelihood.
  func verdicts(on spec: FigureSpec) -> [ClaimVerdict] {
    guard let comparison = spec.comparison, let claim = claims.first(where: { $0.name == comparison.claim })
    else { return [] }
    let pairs = comparison.panels.map {
      (own: verdict(spec.id, $0.own), other: verdict(comparison.figure, $0.other))
    }
    let other = results.first { $0.spec.id == comparison.figure }?.spec
    let words =
      Self.substitutions(spec, comparison.panels.map(\.own))
      + (other.map { Self.substitutions($0, comparison.panels.map(\.other)) } ?? [])
    return [
      ClaimVerdict(
        name: claim.name, statement: claim.statement, paperSays: claim.paper, rule: claim.rule,
        figure: spec.id,
        condition: (["against Figure \(comparison.figure)"] + words).joined(separator: "; "),
        statistics: pairs.flatMap { ($0.own?.statistics ?? []) + ($0.other?.statistics ?? []) },
        verdict: other == nil
          ? .notJudged(reason: "Figure \(comparison.figure) is not in this report")
          : Self.judged(claim, pairs.map { ($0.own?.verdict, $0.other?.verdict) }))
    ]
  }

  /// The rule: undecided where one side of a pair is neither way, otherwise how many pairs differ.
  static func judged(
    _ claim: ClaimSpec, _ pairs: [(own: ClaimVerdict.Verdict?, other: ClaimVerdict.Verdict?)]
  ) -> ClaimVerdict.Verdict {
    let isDecided = pairs.allSatisfy { pair in
      [pair.own, pair.other].allSatisfy { $0 == .holds || $0 == .doesNotHold }
    }
    guard isDecided else { return .undecided }
    let differing = Double(pairs.count { $0.own != $0.other })
    return differing <= claim.threshold ? .holds : .doesNotHold
  }

  private func verdict(_ figure: String, _ panel: String) -> ClaimVerdict? {
    results.first { $0.spec.id == figure }?.verdicts.first { $0.panel == panel }
  }

  private static func substitutions(_ spec: FigureSpec, _ panels: [String]) -> [String] {
    let compared = Set(spec.panels.filter { panels.contains($0.id) }.flatMap(\.runs))
    return compared.sorted().compactMap { spec.runs[$0]?.substitution?.words }
  }
}
