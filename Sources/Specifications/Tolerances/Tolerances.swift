import Foundation

/// How far two reports may be apart and still be the same: for every kind of result and every replay class.
package struct Tolerances: Equatable, Sendable {
  /// Rules for some numbers, in place of those for all.
  package struct Exception: Equatable, Sendable {
    package enum Subject: Equatable, Sendable {
      /// Statistics whose id fits the pattern.
      case statistic(String)
      /// Columns of tables whose name fits the pattern.
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
  /// The first that fits counts.
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

  /// For the statistic `id` of a figure of a replay class.
  package func rule(statistic id: String, _ replay: ReplayClass) -> ToleranceRule {
    let exception = exceptions.first { exception in
      guard case .statistic(let pattern) = exception.subject else { return false }
      return exception.rules[replay] != nil && Self.fits(id, pattern)
    }
    return exception?.rules[replay] ?? statistics[replay] ?? Self.strict
  }

  /// For the column `name` of a table of a figure of a replay class.
  package func rule(column name: String, _ replay: ReplayClass) -> ToleranceRule {
    let exception = exceptions.first { exception in
      guard case .column(let pattern) = exception.subject else { return false }
      return exception.rules[replay] != nil && Self.fits(name, pattern)
    }
    return exception?.rules[replay] ?? points[replay] ?? Self.strict
  }

  /// For the points of a chart that show runs of a replay class.
  package func rule(point replay: ReplayClass) -> ToleranceRule { points[replay] ?? Self.strict }

  /// For the picture of a figure of a replay class.
  package func rule(picture replay: ReplayClass) -> PictureRule { pictures[replay] ?? .changedShare(0) }

  /// Whether `name` fits `pattern`, as file names fit those of a shell: `*` stands for any text.
  private static func fits(_ name: String, _ pattern: String) -> Bool { fnmatch(pattern, name, 0) == 0 }
}
