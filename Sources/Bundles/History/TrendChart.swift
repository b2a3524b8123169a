import Figures
import ReportDocuments
import Specifications

/// One statistic over the reports as a small drawing: positions as text. From left to right the reports, from
/// bottom to top the statistic, with its 95 % interval.
struct TrendChart: Sendable {
  /// A report's value.
  struct Mark: Sendable {
    let x: String
    let y: String
    let low: String
    let high: String
    let hasInterval: Bool
    let hint: String
  }
  /// A line between two neighbours that may be compared.
  struct Join: Sendable {
    let fromX: String
    let fromY: String
    let toX: String
    let toY: String
  }
  /// A report without a value, at the foot.
  struct Gap: Sendable {
    let x: String
    let hint: String
  }

  let trendTitle: String
  let placeText: String
  let latest: String
  let description: String
  let topText: String
  let bottomText: String
  let marks: [Mark]
  let joins: [Join]
  let gaps: [Gap]
  let hasMoved: Bool

  /// The frame in the template's drawing of 232 × 100.
  private static let (left, right, top, bottom) = (34.0, 226.0, 8.0, 86.0)

  init(_ series: ReportHistory.Series, reports: [ReportComparison.Side]) {
    let sides = series.values.compactMap { $0 }
    let numbers = sides.flatMap { [$0.value, $0.lower, $0.upper].compactMap { $0 } }
    // Correlations share one scale, so that charts can be compared.
    let isCorrelation = StatisticName(rawValue: series.statistic)?.isCorrelation ?? false
    var (low, high) = isCorrelation ? (-1.0, 1.0) : (numbers.min() ?? 0, numbers.max() ?? 1)
    if low == high { (low, high) = (low - max(abs(low), 1) / 2, high + max(abs(high), 1) / 2) }
    func x(_ index: Int) -> Double {
      let steps = Double(max(series.values.count - 1, 1))
      return Self.left + 8 + (Self.right - Self.left - 16) * Double(index) / steps
    }
    func y(_ value: Double) -> Double {
      Self.bottom - (Self.bottom - Self.top) * (min(max(value, low), high) - low) / (high - low)
    }
    func text(_ position: Double) -> String { "\((position * 10).rounded() / 10)" }

    var marks: [Mark] = []
    var gaps: [Gap] = []
    var joins: [Join] = []
    var last: (x: Double, y: Double)?
    for (index, side) in series.values.enumerated() {
      guard let side else { continue }
      let hint = "\(reports[index].name): \(ComparisonWords.side(side))"
      guard let value = side.value else {
        gaps.append(Gap(x: text(x(index)), hint: hint))
        last = nil
        continue
      }
      let place = (x: x(index), y: y(value))
      if let last, series.isComparable[index] {
        joins.append(
          Join(fromX: text(last.x), fromY: text(last.y), toX: text(place.x), toY: text(place.y)))
      }
      last = place
      marks.append(
        Mark(
          x: text(place.x), y: text(place.y), low: text(y(side.lower ?? value)),
          high: text(y(side.upper ?? value)), hasInterval: side.lower != nil && side.upper != nil, hint: hint)
      )
    }
    self.marks = marks
    self.gaps = gaps
    self.joins = joins
    trendTitle = series.title
    placeText = "(\(series.panel)) \(series.quantities)"
    latest = ComparisonWords.side(series.values.last.flatMap { $0 })
    hasMoved = series.hasMoved
    topText = ComparisonWords.number(high)
    bottomText = ComparisonWords.number(low)
    description =
      "\(series.title), (\(series.panel)) \(series.quantities), over \(series.values.count) reports: "
      + series.values.map { $0.map { $0.value.map(ComparisonWords.number) ?? "unmeasured" } ?? "none" }
      .joined(separator: ", ")
  }
}
