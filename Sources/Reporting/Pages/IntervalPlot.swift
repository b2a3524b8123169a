import Encodings
import Figures

/// A correlation's 95 % interval on a short axis with the threshold of its claim: positions in the drawing,
/// as text.
struct IntervalPlot {
  /// The axis that all judgements of one claim share: from 0, or from −1 where anything is negative, to 1.
  struct Scale {
    let lowest: Double

    init(claims: [ClaimVerdict], statistics: [String: StatisticRow]) {
      let lows = claims.flatMap { claim in
        claim.statistics.compactMap { statistics[$0] }.filter(\.statistic.isCorrelation).compactMap { row in
          if case .measured(let value, let interval, _) = row.estimate.finite {
            min(value, interval?.lowerBound ?? value)
          } else {
            nil
          }
        }
      }
      lowest = (lows.min() ?? 0) < 0 ? -1 : 0
    }
  }

  static let left = 8.0
  static let right = 172.0
  let value: String
  let lower: String
  let width: String
  let threshold: String?
  let axisStart: String

  init?(_ row: StatisticRow, threshold: Double?, scale: Scale) {
    guard row.statistic.isCorrelation, case .measured(let value, let interval?, _) = row.estimate.finite
    else {
      return nil
    }
    func position(_ x: Double) -> Double {
      let inside = min(max(x, scale.lowest), 1)
      return Self.left + (Self.right - Self.left) * (inside - scale.lowest) / (1 - scale.lowest)
    }
    func text(_ x: Double) -> String { NumberText((x * 10).rounded() / 10, digits: 4)?.plain ?? "0" }
    let (low, high) = (position(interval.lowerBound), position(interval.upperBound))
    self.value = text(position(value))
    lower = text(low)
    // Even the narrowest interval is drawn wide enough to be seen.
    width = text(max(high - low, 1.5))
    self.threshold = threshold.map { text(position($0)) }
    axisStart = scale.lowest < 0 ? "−1" : "0"
  }
}
