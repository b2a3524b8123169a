/// A comparison in plain text for a terminal: differences only.
package struct ComparisonSummary {
  private let shown: ShownComparison
  /// A figure's further differences are in the page and in `diff.json`.
  private static let linesPerFigure = 14

  /// The text of `comparison`; `onlyChanged` leaves out all that does not make the reports differ.
  package init(_ comparison: ReportComparison, onlyChanged: Bool = false) {
    shown = ShownComparison(comparison, onlyChanged: onlyChanged)
  }

  /// Several lines, the last one the outcome.
  package var text: String {
    let comparison = shown.whole
    var lines: [String] = []
    if !comparison.incomparable.isEmpty {
      lines.append("Cannot be compared:")
      lines += comparison.incomparable.map { "  " + $0 }
    }
    lines += [
      "first   " + Self.side(comparison.before), "second  " + Self.side(comparison.after),
    ]
    lines += comparison.remarks + [shown.leftOut].compactMap(\.self)
    for figure in shown.figures {
      let details = ComparisonWords(figure: figure.shown).lines
      lines.append(Self.head(figure.whole))
      lines += details.prefix(Self.linesPerFigure).map { "  " + $0 }
      if details.count > Self.linesPerFigure {
        lines.append("  and \(details.count - Self.linesPerFigure) more; --output or --json has all")
      }
    }
    let facts = comparison.facts.changed
    if !facts.isEmpty {
      lines.append("Facts that differ (not counted)")
      lines += facts.map { "  " + ComparisonWords.change($0.part) }
    }
    if !comparison.accepted.isEmpty {
      lines.append("Accepted differences")
      lines += comparison.acceptedLines.map { "  " + $0 }
    }
    lines.append("Statistics: " + comparison.statisticCounts)
    lines.append(comparison.verdictWords)
    return lines.joined(separator: "\n")
  }

  private static func head(_ figure: Judged<FigureComparison>) -> String {
    let acceptances = figure.acceptanceLines
    let end =
      !acceptances.isEmpty
      ? "; " + acceptances.map { $0.prefix(1).lowercased() + $0.dropFirst() }.joined(separator: "; ")
      : figure.counts || figure.comparison == .incomparable ? "" : ", within the tolerances"
    return "\(figure.label): \(figure.comparison.words)\(end)"
  }

  private static func side(_ side: ReportComparison.Side) -> String {
    "\(side.name) (plateau \(side.plateauVersion), \(side.profile) profile, seed \(side.seed), digest \(side.digest.prefix(12)))"
  }
}
