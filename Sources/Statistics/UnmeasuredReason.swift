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
      """
      \(count) of \(total) points hold a value that is not a finite number: find out why, or leave them out \
      by name
      """
    case .constant(let variable):
      "all values of \(variable) are equal, so that nothing can correlate with it"
    case .degenerateResamples(let variable):
      "\(variable) has so few different values that resamples of it are constant: no bootstrap interval"
    }
  }
}
