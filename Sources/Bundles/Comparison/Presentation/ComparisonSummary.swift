/// A comparison in plain text for a terminal: differences only.
package struct ComparisonSummary {
  private let comparison: ReportComparison
  /// A figure's further differences are in the page and in `diff.json`.
  private static let linesPerFigure = 14

  /// The text of `comparison`.
  package init(_ comparison: ReportComparison) { self.comparison = comparison }

  /// Several lines, the last one the outcome.
  package var text: String {
    var lines: [String] = []
    if !comparison.incomparable.isEmpty {
      lines.append("Cannot be compared:")
      lines += comparison.incomparable.map { "  " + $0 }
    }
    lines += [
      "first   " + Self.side(comparison.before), "second  " + Self.side(comparison.after),
    ]
    lines += comparison.remarks
    for figure in comparison.figures {
      guard !figure.isTheSame else { continue }
      let details = ComparisonWords(figure: figure).lines
      lines.append(
        "\(figure.label): \(figure.comparison.words)\(figure.counts ? "" : ", within the tolerances")")
      lines += details.prefix(Self.linesPerFigure).map { "  " + $0 }
      if details.count > Self.linesPerFigure {
        lines.append("  and \(details.count - Self.linesPerFigure) more; --output or --json has all")
      }
    }
    let facts = comparison.facts.changed
    if !facts.isEmpty {
      lines.append("Facts that differ (not counted)")
      lines += facts.map { "  " + ComparisonWords.change($0) }
    }
    lines.append("Statistics: " + comparison.statisticCounts)
    lines.append(comparison.verdictWords)
    return lines.joined(separator: "\n")
  }

  private static func side(_ side: ReportComparison.Side) -> String {
    "\(side.name) (plateau \(side.plateauVersion), \(side.profile) profile, seed \(side.seed), digest \(side.digest.prefix(12)))"
  }
}
