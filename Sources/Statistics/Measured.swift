/// A statistic, or the reason why there is none; never a number made from data that cannot support it.
package enum Measured<Value: Sendable & Equatable>: Sendable, Equatable {
  /// The statistic.
  case measured(Value)
  /// There is none.
  case unmeasured(UnmeasuredReason)

  /// The statistic, or nil.
  package var value: Value? {
    if case .measured(let value) = self { value } else { nil }
  }

  /// Why there is no statistic, or nil.
  package var reason: UnmeasuredReason? {
    if case .unmeasured(let reason) = self { reason } else { nil }
  }
}

/// Why a statistic could not be measured.
package enum UnmeasuredReason: Error, Sendable, Equatable, CustomStringConvertible {
  /// Fewer than three points.
  case tooFewPoints(Int)
  /// `count` of `total` points hold a NaN or an infinity; points are never dropped in silence.
  case notFinite(count: Int, total: Int)
  /// All values of the named variable are equal, so that nothing can correlate with it.
  case constant(variable: String)
  /// Too many bootstrap resamples were constant to give an interval.
  case degenerateResamples(variable: String)

  /// The reason in words.
  package var description: String {
    switch self {
    case .tooFewPoints(let count):
      "\(count) points: a correlation needs at least 3"
    case .notFinite(let count, let total):
      "\(count) of \(total) points hold a value that is not a finite number, and none is left out in silence"
    case .constant(let variable):
      "all values of \(variable) are equal, so that nothing can correlate with it"
    case .degenerateResamples(let variable):
      "\(variable) has so few different values that resamples of it are constant: no bootstrap interval"
    }
  }
}
