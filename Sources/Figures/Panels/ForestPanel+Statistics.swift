import RandomStreams
import ReportDocuments
import Statistics

extension ForestPanel {
  /// ρ of every band within every group, then each band's smallest lower end, then how much larger the
  /// prior's smallest ρ is than that of each other band.
  ///
  /// - Parameter key: that of all statistics of the report.
  func statistics(key: RandomKey) -> [StatisticRow] {
    let correlations = bands.concurrentMap { band in groups.map { correlation(band, $0, key: key) } }
    let rivals = priors.flatMap { prior in bands.filter { !$0.isPrior }.map { (prior, $0) } }
    let differences = rivals.concurrentMap { prior, band in
      difference(prior, band, correlations.joined(), key: key)
    }
    return correlations.flatMap(\.self) + zip(bands, correlations).map(smallestLowerEnd) + differences
  }

  private func correlation(_ band: Band, _ group: Group, key: RandomKey) -> StatisticRow {
    StatisticRow(
      id: identifier(band, group), panel: spec.id, panelTitle: spec.title,
      quantities: "\(band.words) against \(y.words), \(group.title)", statistic: .spearman,
      estimate: Estimate(group.rows.spearman(band.quantity, y, band.likelihood, key: key)),
      n: group.rows.comparable.count, note: group.rows.note)
  }

  private func smallestLowerEnd(_ band: Band, _ correlations: [StatisticRow]) -> StatisticRow {
    var smallest: (end: Double, group: Group)?
    for (group, row) in zip(groups, correlations) {
      guard case .measured(_, let interval?, _) = row.estimate else { continue }
      if interval.lowerBound < smallest?.end ?? .infinity { smallest = (interval.lowerBound, group) }
    }
    let estimate: Estimate =
      if let reason = unmeasured(band, correlations) {
        .unmeasured(reason: reason)
      } else {
        .measured(value: smallest?.end ?? .nan, interval: nil, pValue: nil)
      }
    return StatisticRow(
      id: identifier(smallestLowerEndOf: band), panel: spec.id, panelTitle: spec.title,
      quantities: "\(band.words) against \(y.words), over \(groups.count) groups",
      statistic: .smallestLowerEnd,
      estimate: estimate, n: correlations.reduce(0) { $0 + $1.n },
      note: smallest.map { "of \($0.group.title)" })
  }

  private func difference(
    _ prior: Band, _ band: Band, _ correlations: some Sequence<StatisticRow>, key: RandomKey
  ) -> StatisticRow {
    let id = identifier(prior, against: band)
    let missing = [prior, band].lazy.compactMap { band in
      let ids = groups.map { identifier(band, $0) }
      return unmeasured(band, correlations.filter { ids.contains($0.id) })
    }.first
    let estimate =
      missing.map { Estimate.unmeasured(reason: $0) }
      ?? Estimate(
        PairedDifference.ofSmallestSpearman(
          groups.map {
            (
              prior: $0.rows.values(prior.quantity, prior.likelihood),
              flatness: $0.rows.values(band.quantity, band.likelihood),
              generalization: $0.rows.values(y, prior.likelihood)
            )
          }, key: key.split(id)))
    return StatisticRow(
      id: id, panel: spec.id, panelTitle: spec.title,
      quantities: "\(prior.words) and \(band.words), each against \(y.words), over \(groups.count) groups",
      statistic: .robustnessDifference, estimate: estimate,
      n: groups.reduce(0) { $0 + $1.rows.comparable.count })
  }

  /// In which groups ρ of a band is unmeasured, and why; nil where it is measured in all.
  private func unmeasured(_ band: Band, _ correlations: [StatisticRow]) -> String? {
    let reasons = zip(groups, correlations).compactMap { group, row -> String? in
      if case .unmeasured(let reason) = row.estimate { "\(group.title): \(reason)" } else { nil }
    }
    return reasons.isEmpty ? nil : reasons.joined(separator: "; ")
  }
}
