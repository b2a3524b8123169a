import Foundation

/// How much two reports may differ and still count as the same, by kind of result and replay class.
package struct Tolerances: Equatable, Sendable {
  /// Rules for some numbers that replace the general ones.
  package struct Exception: Equatable, Sendable {
    package enum Subject: Equatable, Sendable {
      /// Statistics whose id matches the pattern.
      case statistic(String)
      /// Columns of tables whose name matches the pattern.
      case column(String)
    }
    package var subject: Subject
    package var rules: [ReplayClass: ToleranceRule]

    /// Rules for the numbers of `subject`.
    package init(subject: Subject, rules: [ReplayClass: ToleranceRule]) {
      self.subject = subject
      self.rules = rules
    }
  }

  /// For the statistics of `metrics.json`.
  package var statistics: [ReplayClass: ToleranceRule]
  /// For the numbers of the tables.
  package var points: [ReplayClass: ToleranceRule]
  /// For the pictures.
  package var pictures: [ReplayClass: PictureRule]
  /// The first that matches applies.
  package var exceptions: [Exception]

  /// Tolerances from their rules.
  package init(
    statistics: [ReplayClass: ToleranceRule], points: [ReplayClass: ToleranceRule],
    pictures: [ReplayClass: PictureRule], exceptions: [Exception]
  ) {
    self.statistics = statistics
    self.points = points
    self.pictures = pictures
    self.exceptions = exceptions
  }

  private static let strict = ToleranceRule.bound(absolute: 0, relative: 0)

  /// The rule for the statistic `id` of a figure of a replay class.
  package func rule(statistic id: String, _ replay: ReplayClass) -> ToleranceRule {
    let exception = exceptions.first { exception in
      guard case .statistic(let pattern) = exception.subject else { return false }
      return exception.rules[replay] != nil && Self.fits(id, pattern)
    }
    return exception?.rules[replay] ?? statistics[replay] ?? Self.strict
  }

  /// The rule for the column `name` of a table of a figure of a replay class.
  package func rule(column name: String, _ replay: ReplayClass) -> ToleranceRule {
    let exception = exceptions.first { exception in
      guard case .column(let pattern) = exception.subject else { return false }
      return exception.rules[replay] != nil && Self.fits(name, pattern)
    }
    return exception?.rules[replay] ?? points[replay] ?? Self.strict
  }

  /// The rule for the points of a chart that show runs of a replay class.
  package func rule(point replay: ReplayClass) -> ToleranceRule { points[replay] ?? Self.strict }

  /// The rule for the picture of a figure of a replay class.
  package func rule(picture replay: ReplayClass) -> PictureRule { pictures[replay] ?? .changedShare(0) }

  /// Whether `name` matches the shell pattern `pattern`, in which `*` stands for any text.
  private static func fits(_ name: String, _ pattern: String) -> Bool { fnmatch(pattern, name, 0) == 0 }
}

/// When two numbers of two reports count as the same.
package enum ToleranceRule: Equatable, Sendable {
  /// |b − a| ≤ max(absolute, relative · max(|a|, |b|)).
  case bound(absolute: Double, relative: Double)
  /// Each value lies in the other's 95 % interval.
  case withinInterval
  /// Differences are shown but do not count.
  case notCounted

  /// Whether two finite numbers are as close as a bound allows; false for the other rules.
  package func allows(_ a: Double, _ b: Double) -> Bool {
    guard case .bound(let absolute, let relative) = self, a.isFinite, b.isFinite else { return false }
    return abs(b - a) <= max(absolute, relative * max(abs(a), abs(b)))
  }
}

/// When two pictures of two reports count as the same.
package enum PictureRule: Equatable, Sendable {
  /// At most this share of the pixels differs, in 0…1.
  case changedShare(Double)
  /// Differences are shown but do not count.
  case notCounted
}
