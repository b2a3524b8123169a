import Specifications

/// The claim that no measure of flatness is as robust across the groups of a forest plot as the prior.
extension ClaimJudge {
  /// What is known of one measure of flatness beside the prior.
  struct Rival {
    /// For messages.
    let name: String
    /// Its smallest lower end over the groups.
    let end: Estimate?
    /// min ρ(prior) − min ρ(measure).
    let difference: Estimate?
  }

  /// One verdict for each likelihood of the panel's prior.
  func robustness(
    _ claim: ClaimSpec, _ panel: ForestPanel, _ statistics: [StatisticRow]
  ) -> [ClaimVerdict] {
    let measures = panel.bands.filter(\.quantity.isFlatness)
    let ends = measures.map(panel.identifier(smallestLowerEndOf:))
    return panel.priors.map { prior in
      let end = panel.identifier(smallestLowerEndOf: prior)
      let differences = measures.map { panel.identifier(prior, against: $0) }
      return ClaimVerdict(
        claim, figure: panel.figure, panel: panel.spec.id,
        condition: panel.priors.count > 1 ? "\(QuantityText.name(prior.likelihood)) likelihood" : nil,
        statistics: [end] + ends + differences,
        Self.verdict(
          claim, prior: statistics.estimate(end),
          rivals: measures.indices.map {
            Rival(
              name: measures[$0].words, end: statistics.estimate(ends[$0]),
              difference: statistics.estimate(differences[$0]))
          }))
    }
  }

  /// A measure that is more robust than the prior refutes the claim, whatever else is unmeasured. Otherwise a
  /// measure without numbers leaves it unjudged: it might be the one.
  static func verdict(_ claim: ClaimSpec, prior: Estimate?, rivals: [Rival]) -> ClaimVerdict.Verdict {
    judged { () throws(Missing) in
      let priorEnd = try value(prior)
      var (areLess, missing) = (true, [String]())
      for rival in rivals {
        do throws(Missing) {
          let (end, difference) = (try value(rival.end), try interval(rival.difference))
          if end > priorEnd, difference.upperBound < claim.threshold { return .doesNotHold }
          areLess = areLess && end < priorEnd && difference.lowerBound > claim.threshold
        } catch {
          missing.append("\(rival.name) is unmeasured (\(error.reason))")
        }
      }
      guard missing.isEmpty else { throw Missing(reason: missing.joined(separator: "; ")) }
      return areLess ? .holds : .undecided
    }
  }
}
