package import Specifications

/// One statistic in both reports.
package struct StatisticComparison: Codable, Equatable, Sendable {
  /// The statistic's identity, the same in every report of its figure.
  package var id: String
  /// The panel's letter.
  package var panel: String
  /// What is correlated with what.
  package var quantities: String
  /// What people call it, such as "Pearson r".
  package var title: String
  /// In the first report; nil if that has no such statistic.
  package var before: StatisticValue?
  /// In the second report; nil if that has no such statistic.
  package var after: StatisticValue?

  /// The largest move of the value, an end of its interval or p; 0 if no number is on both sides.
  var largestMove: Double {
    guard let before, let after else { return 0 }
    let pairs = [
      (before.value, after.value), (before.lower, after.lower), (before.upper, after.upper),
      (before.pValue, after.pValue),
    ]
    return pairs.compactMap { pair in pair.0.flatMap { from in pair.1.map { abs($0 - from) } } }.max() ?? 0
  }

  /// |b − a| / max(|a|, |b|) of the values; nil where a side has none.
  var relativeMove: Double? {
    guard let from = before?.value, let to = after?.value else { return nil }
    return RelativeMove.size(from, to)
  }

  /// The second value minus the first.
  package var move: Double? {
    guard let from = before?.value, let to = after?.value else { return nil }
    return to - from
  }
}

extension Judged<StatisticComparison> {
  /// Whether both reports say the same: the same numbers, or the same reason for having none.
  package var isTheSame: Bool {
    comparison == .identical || (comparison == .unmeasured && !counts && accepted == nil)
  }
}
