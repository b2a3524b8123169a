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
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
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

  /// The notes with each `{report:statistic}` replaced by its value and interval.
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
      filled += value(statistic)
      rest = rest[match.range.upperBound...]
    }
    return filled + rest
  }

  /// Such as "0.98 [0.97, 0.99], n = 55": with its interval, where it has one, and n.
  static func number(_ statistic: MetricsDocument.Statistic) -> String {
    // A single training, along its epochs, has no n to speak of.
    value(statistic) + (statistic.estimate.n > 1 ? ", n = \(statistic.estimate.n)" : "")
  }

  /// Such as "0.98 [0.97, 0.99]".
  private static func value(_ statistic: MetricsDocument.Statistic) -> String {
    let isCorrelation = StatisticName(rawValue: statistic.statistic)?.isCorrelation ?? false
    return ComparisonWords.estimate(
      statistic.estimate, number: isCorrelation ? NumberText.correlation : ComparisonWords.number)
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
  /// A report has no such figure, whose picture was to be kept.
  case noFigure(String, report: String, known: [String])
  /// The folder has a whole report, which an excerpt must not replace.
  case wholeReport(path: String)

  package var description: String {
    switch self {
    case .sameName(let name): "two reports are called \(name): rename the folder of one of them"
    case .noReport(let name, let known):
      "the notes name the report '\(name)', which is not among \(known.joined(separator: ", "))"
    case .noStatistic(let id, let report):
      "the notes name the statistic '\(id)', which the report \(report) has not: its metrics.json lists all"
    case .noFigure(let id, let report, let known):
      "\(report) has no Figure \(id), whose picture is to be kept; it has \(known.joined(separator: ", "))"
    case .wholeReport(let path):
      "\(path) is a whole report, which an excerpt would replace: name another folder, or remove it first"
    case .noPlace(let file):
      "\(file) has no lines '<!-- results -->' and '<!-- end of results -->', between which the table goes"
    }
  }
}
