/// Which numbers a key of a spec takes. The raw value is the phrase of the error message.
package enum NumberBound: String, Sendable {
  case any = "a finite number"
  case positive = "finite and above 0"
  case notNegative = "finite and at least 0"
  /// [0, 1), as of a decay rate.
  case belowOne = "at least 0 and below 1"
  /// (0, 1], as of a weight in a mean.
  case upToOne = "above 0 and at most 1"
  /// (0, 10⁶], as of a count for each of something.
  case rate = "above 0 and at most 1000000"
  /// 1, 2, …, far below what an Int holds.
  case count = "a whole number from 1 to 10000000"
  /// 2, 3, …, as of draws whose spread is wanted.
  case several = "a whole number from 2 to 10000000"

  /// Whether `value` is one of them.
  package func contains(_ value: Double) -> Bool {
    switch self {
    case .any: value.isFinite
    case .positive: value.isFinite && value > 0
    case .notNegative: value.isFinite && value >= 0
    case .belowOne: value >= 0 && value < 1
    case .upToOne: value > 0 && value <= 1
    case .rate: value > 0 && value <= 1e6
    case .count: value >= 1 && value <= 1e7 && value == value.rounded()
    case .several: value >= 2 && Self.count.contains(value)
    }
  }
}
