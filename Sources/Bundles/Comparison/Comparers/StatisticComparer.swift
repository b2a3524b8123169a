import ReportDocuments
import Specifications

/// Compares the statistics of one figure.
struct StatisticComparer {
  let replay: FigureReproducibility
  let tolerances: Tolerances
  /// Whether numbers of this figure may be compared at all.
  let isComparable: Bool
  /// What was accepted of the figure.
  let acceptance: FigureAcceptance

  /// Those of the first report in its order, then those that only the second has.
  func compare(
    _ before: [MetricsDocument.Statistic], _ after: [MetricsDocument.Statistic]
  ) -> [Judged<StatisticComparison>] {
    let new = Dictionary(after.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let known = Set(before.map(\.id))
    return before.map { compare($0, new[$0.id]) }
      + after.filter { !known.contains($0.id) }.map { compare(nil, $0) }
  }

  private func compare(
    _ before: MetricsDocument.Statistic?, _ after: MetricsDocument.Statistic?
  ) -> Judged<StatisticComparison> {
    guard let either = after ?? before else { preconditionFailure("expected a statistic, got none") }
    let (old, new) = (before?.estimate, after?.estimate)
    let replay = replay.panel(either.panel)
    let judged = Judged(
      StatisticComparison(
        id: either.id, panel: either.panel, quantities: either.quantities, title: either.title, before: old,
        after: new),
      judge(old, new, id: either.id, replay))
    return acceptance.accepting(judged, among: \.statistics, named: either.id) { change in
      guard isSame(change.old, old, id: either.id, replay) else { return false }
      guard let tolerance = change.tolerance, let from = old?.value, let to = new?.value else {
        return isSame(change.new, new, id: either.id, replay)
      }
      // The interval and p move with the value; another number of points is another statistic.
      guard [change.old?.n, change.new?.n].contains(new?.n) else { return false }
      return RelativeMove.size(from, to).map { $0 <= tolerance } ?? false
    }
  }

  /// Whether a report says what an entry names, by the rule that holds between reports.
  private func isSame(
    _ named: StatisticValue?, _ found: StatisticValue?, id: String, _ replay: ReplayClass
  ) -> Bool {
    if named == nil, found == nil { return true }
    return !judge(named, found, id: id, replay).counts
  }

  /// A value that is missing never passes, unless both reports say so and give the same reason.
  private func judge(
    _ before: StatisticValue?, _ after: StatisticValue?, id: String, _ replay: ReplayClass
  ) -> Judgement {
    guard let before else { return Judgement(.added, counts: true) }
    guard let after else { return Judgement(.removed, counts: true) }
    guard let old = before.value, let new = after.value else {
      let isSaid = before == after && before.value == nil && before.unmeasured != nil
      return Judgement(.unmeasured, counts: !isSaid)
    }
    if before == after { return .identical }
    guard isComparable else { return Judgement(.incomparable, counts: false) }
    let rule = tolerances.rule(statistic: id, replay)
    switch rule {
    case .bound:
      let isWithin =
        before.n == after.n && rule.allows(old, new) && allows(rule, before.lower, after.lower)
        && allows(rule, before.upper, after.upper) && allows(rule, before.pValue, after.pValue)
      return isWithin ? Judgement(.withinTolerance, counts: false) : Judgement(.changed, counts: true)
    case .withinInterval:
      let isWithin = old == new || (Self.holds(before, new) && Self.holds(after, old))
      return isWithin ? Judgement(.withinInterval, counts: false) : Judgement(.changed, counts: true)
    case .notCounted: return Judgement(.changed, counts: false)
    }
  }

  /// Whether `value` lies in the interval of `statistic`; false if that has none.
  private static func holds(_ statistic: StatisticValue, _ value: Double) -> Bool {
    guard let lower = statistic.lower, let upper = statistic.upper else { return false }
    return lower <= value && value <= upper
  }

  private func allows(_ rule: ToleranceRule, _ a: Double?, _ b: Double?) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    return rule.allows(a, b)
  }
}
