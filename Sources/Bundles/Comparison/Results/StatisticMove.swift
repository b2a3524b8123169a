package import Specifications

/// A move relative to the larger of the two magnitudes.
enum RelativeMove {
  /// |b − a| / max(|a|, |b|), in 0…2; nil unless both are finite.
  static func size(_ a: Double, _ b: Double) -> Double? {
    guard a.isFinite, b.isFinite else { return nil }
    return a == b ? 0 : abs(b - a) / max(abs(a), abs(b))
  }
}

/// How far a statistic moved between two reports.
package struct StatisticMove: Equatable, Sendable {
  /// What a move is measured by.
  package enum Unit: Equatable, Sendable {
    /// Half the width of the 95 % interval, the wider one of the two sides.
    case halfWidth
    /// The larger of the two magnitudes, where neither side has an interval of any width.
    case magnitude
  }
  /// The value in the first report.
  package let from: Double
  /// The value in the second report.
  package let to: Double
  /// |to − from| in units of ``unit``, at least 0.
  package let size: Double
  /// What ``size`` is counted in.
  package let unit: Unit

  /// The move from `before` to `after`; nil where a side has no value, or both have the same.
  package init?(from before: StatisticValue?, to after: StatisticValue?) {
    guard let before, let after, let from = before.value, let to = after.value, from != to else { return nil }
    let halfWidths = [before, after].compactMap { side in
      side.lower.flatMap { lower in side.upper.map { ($0 - lower) / 2 } }
    }
    let widest = halfWidths.max() ?? 0
    self.from = from
    self.to = to
    unit = widest > 0 ? .halfWidth : .magnitude
    let size = widest > 0 ? abs(to - from) / widest : RelativeMove.size(from, to)
    guard let size, size.isFinite else { return nil }
    self.size = size
  }

  /// The size as printed, such as "2.31 half-widths" or "12 %".
  var sizeText: String {
    switch unit {
    case .halfWidth: ComparisonWords.number(size) + " half-widths"
    case .magnitude: ComparisonWords.percent(size)
    }
  }
}
