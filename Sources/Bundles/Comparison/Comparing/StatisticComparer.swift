import Specifications

/// Compares the statistics of one figure.
struct StatisticComparer {
  let replay: FigureReplay
  let tolerances: Tolerances
  /// Whether numbers of this figure may be compared at all.
  let isComparable: Bool

  /// Those of the first report in its order, then those that only the second has.
  func compare(
    _ before: [ReportRecord.Metrics.Statistic], _ after: [ReportRecord.Metrics.Statistic]
  ) -> [StatisticComparison] {
    let new = Dictionary(after.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let known = Set(before.map(\.id))
    return before.map { compare($0, new[$0.id]) }
      + after.filter { !known.contains($0.id) }.map { compare(nil, $0) }
  }

  private func compare(
    _ before: ReportRecord.Metrics.Statistic?, _ after: ReportRecord.Metrics.Statistic?
  ) -> StatisticComparison {
    guard let either = after ?? before else { preconditionFailure("expected a statistic, got none") }
    let (old, new) = (before.map(StatisticComparison.Side.init), after.map(StatisticComparison.Side.init))
    let (comparison, isDifference) = classify(old, new, id: either.id, replay.panel(either.panel))
    return StatisticComparison(
      id: either.id, panel: either.panel, quantities: either.quantities,
      title: either.title ?? either.statistic, before: old, after: new, comparison: comparison,
      isDifference: isDifference)
  }

  /// A value that is missing never passes, unless both reports say so and give the same reason.
  private func classify(
    _ before: StatisticComparison.Side?, _ after: StatisticComparison.Side?, id: String,
    _ replay: ReplayClass
  ) -> (ComparisonClass, isDifference: Bool) {
    guard let before else { return (.added, true) }
    guard let after else { return (.removed, true) }
    guard let old = before.value, let new = after.value else {
      let isSaid = before == after && before.value == nil && before.unmeasured != nil
      return (.unmeasured, !isSaid)
    }
    if before == after { return (.identical, false) }
    guard isComparable else { return (.incomparable, false) }
    let rule = tolerances.rule(statistic: id, replay)
    switch rule {
    case .bound:
      let isWithin =
        before.n == after.n && rule.allows(old, new) && allows(rule, before.lower, after.lower)
        && allows(rule, before.upper, after.upper) && allows(rule, before.pValue, after.pValue)
      return isWithin ? (.withinTolerance, false) : (.changed, true)
    case .withinInterval:
      let isWithin = old == new || (before.intervalHolds(new) && after.intervalHolds(old))
      return isWithin ? (.withinInterval, false) : (.changed, true)
    case .notCounted: return (.changed, false)
    }
  }

  private func allows(_ rule: ToleranceRule, _ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return rule.allows(a, b)
  }
}
