import Encodings
import Figures
import ReportDocuments

/// What people write on the page of results: Markdown, with `{report:statistic}` for every number.
///
/// What stands above a line of three dashes comes behind the table of claims, what stands below it at the end.
package struct ResultsNotes {
  /// Behind the table of claims.
  let before: String
  /// At the end of the page.
  let after: String

  /// The notes in `text`; none where it is empty.
  package init(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let parts = lines.split(separator: "---", maxSplits: 1, omittingEmptySubsequences: false)
    func joined(_ lines: some Sequence<Substring>) -> String {
      lines.joined(separator: "\n").trimmingPrefix { $0.isNewline }.description
    }
    before = Self.trimmed(parts.first.map(joined) ?? "")
    after = Self.trimmed(parts.count > 1 ? joined(parts[1]) : "")
  }

  private init(before: String, after: String) {
    self.before = before
    self.after = after
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }

  /// The notes with each `{report:statistic}` replaced by its value, interval and n.
  ///
  /// - Throws: ``ResultsError`` where no report has the statistic.
  func filled(from reports: [ReportExcerpt]) throws(ResultsError) -> ResultsNotes {
    ResultsNotes(before: try Self.filled(before, from: reports), after: try Self.filled(after, from: reports))
  }

  /// `text` with its numbers.
  package static func filled(_ text: String, from reports: [ReportExcerpt]) throws(ResultsError) -> String {
    var filled = ""
    var rest = Substring(text)
    while let match = rest.firstMatch(of: /\{([A-Za-z0-9._-]+):([^{}\n]+)\}/) {
      filled += rest[..<match.range.lowerBound]
      let (name, id) = (String(match.1), String(match.2))
      guard let report = reports.first(where: { $0.name == name }) else {
        throw .noReport(name, known: reports.map(\.name))
      }
      guard let statistic = report.metrics.statistics.first(where: { $0.id == id }) else {
        throw .noStatistic(id, report: report.name)
      }
      filled += number(statistic)
      rest = rest[match.range.upperBound...]
    }
    return filled + rest
  }

  /// Such as "0.98 [0.97, 0.99], n = 55": with its interval where it has one.
  static func number(_ statistic: MetricsDocument.Statistic) -> String {
    let estimate = statistic.estimate
    guard let value = estimate.value else {
      return "unmeasured (\(estimate.unmeasured ?? "no reason given"))"
    }
    let isCorrelation = ["pearson", "spearman"].contains(statistic.statistic)
    func text(_ value: Double) -> String {
      isCorrelation ? NumberText.correlation(value) : NumberText(value)?.plain ?? "–"
    }
    let interval = estimate.lower.flatMap { lower in
      estimate.upper.map { " [\(text(lower)), \(text($0))]" }
    }
    // A single training, along its epochs, has no n to speak of.
    return text(value) + (interval ?? "") + (estimate.n > 1 ? ", n = \(estimate.n)" : "")
  }
}

/// Why no page of results is made.
package enum ResultsError: Error, Equatable, CustomStringConvertible {
  /// Two reports have the same name, by which the page tells them apart.
  case sameName(String)
  /// The notes name a report that is not among those given.
  case noReport(String, known: [String])
  /// The notes name a statistic that its report has not.
  case noStatistic(String, report: String)
  /// The file has no place for the table.
  case noPlace(file: String)

  package var description: String {
    switch self {
    case .sameName(let name): "two reports are called \(name): rename the folder of one of them"
    case .noReport(let name, let known):
      "the notes name the report '\(name)', which is not among \(known.joined(separator: ", "))"
    case .noStatistic(let id, let report):
      "the notes name the statistic '\(id)', which the report \(report) has not: its metrics.json lists all"
    case .noPlace(let file):
      "\(file) has no lines '<!-- results -->' and '<!-- end of results -->', between which the table goes"
    }
  }
}
