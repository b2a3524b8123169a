/// One statistic in both reports.
package struct StatisticComparison: Codable, Equatable, Sendable {
  /// What one report says of it.
  package struct Side: Codable, Equatable, Sendable {
    /// The value; nil where it was not measured.
    package var value: Double?
    /// The lower end of the 95 % interval.
    package var lower: Double?
    /// The upper end of the 95 % interval.
    package var upper: Double?
    /// The p value.
    package var pValue: Double?
    /// The number of points.
    package var n: Int
    /// Why there is no value.
    package var unmeasured: String?

    /// Whether `value` lies in the interval; false where there is none.
    func intervalHolds(_ value: Double) -> Bool {
      guard let lower, let upper else { return false }
      return lower <= value && value <= upper
    }
  }

  /// The statistic's identity, the same in every report of its figure.
  package var id: String
  /// The panel's letter.
  package var panel: String
  /// What is correlated with what.
  package var quantities: String
  /// What people call it, such as "Pearson r".
  package var title: String
  /// In the first report; nil where that has no such statistic.
  package var before: Side?
  /// In the second report; nil where that has no such statistic.
  package var after: Side?
  /// How they stand to each other.
  package var comparison: ComparisonClass
  /// Whether this makes the reports differ.
  package var isDifference: Bool

  /// Whether both reports say the same: the same numbers, or the same reason for having none.
  package var isTheSame: Bool { comparison == .identical || (comparison == .unmeasured && !isDifference) }

  /// The largest move of the value, an end of its interval or p; 0 where nothing is on both sides.
  var largestMove: Double {
    guard let before, let after else { return 0 }
    let pairs = [
      (before.value, after.value), (before.lower, after.lower), (before.upper, after.upper),
      (before.pValue, after.pValue),
    ]
    return pairs.compactMap { pair in pair.0.flatMap { from in pair.1.map { abs($0 - from) } } }.max() ?? 0
  }

  /// The second value minus the first.
  package var move: Double? {
    guard let from = before?.value, let to = after?.value else { return nil }
    return to - from
  }
}

extension StatisticComparison.Side {
  init(_ statistic: ReportRecord.Metrics.Statistic) {
    self.init(
      value: statistic.value, lower: statistic.lower, upper: statistic.upper, pValue: statistic.pValue,
      n: statistic.n, unmeasured: statistic.unmeasured)
  }
}
