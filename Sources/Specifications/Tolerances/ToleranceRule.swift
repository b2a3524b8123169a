/// When a number of one report may stand for that of another.
package enum ToleranceRule: Equatable, Sendable {
  /// |b − a| ≤ max(absolute, relative · max(|a|, |b|)).
  case bound(absolute: Double, relative: Double)
  /// Each value lies in the other's 95 % interval.
  case withinInterval
  /// Differences are shown and do not make the reports differ.
  case notCounted

  /// Whether two finite numbers are as close as a bound allows; false for the other rules.
  package func allows(_ a: Double, _ b: Double) -> Bool {
    guard case .bound(let absolute, let relative) = self, a.isFinite, b.isFinite else { return false }
    return abs(b - a) <= max(absolute, relative * max(abs(a), abs(b)))
  }
}
