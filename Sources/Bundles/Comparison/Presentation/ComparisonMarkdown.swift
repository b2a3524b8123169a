import Specifications

/// A comparison in Markdown, for a pull request.
package struct ComparisonMarkdown {
  private let comparison: ReportComparison
  /// GitHub cuts longer comments off; a figure's further differences are in the page and in `diff.json`.
  private static let linesPerFigure = 30

  /// The text of `comparison`.
  package init(_ comparison: ReportComparison) { self.comparison = comparison }

  /// A heading, a table of figures, and the differences of each below a fold.
  package var text: String {
    var lines = ["## \(comparison.verdictWords)", ""]
    lines += comparison.incomparable.map { "- **\(Self.escaped($0))**" }
    if !comparison.incomparable.isEmpty { lines.append("") }
    lines += [
      "| | Report | plateau | Profile | Seed | Digest |", "|---|---|---|---|---|---|",
      row("First", comparison.before), row("Second", comparison.after), "",
    ]
    lines += comparison.remarks.flatMap { [Self.escaped($0), ""] }
    lines += ["Statistics: \(comparison.statisticCounts).", ""]
    let changed = comparison.figures.filter { !$0.isTheSame }
    if changed.isEmpty { return lines.joined(separator: "\n") }
    lines += ["| Figure | Class | Counts | Statistics | Picture |", "|---|---|---|---|---|"]
    lines += changed.map { figure in
      let statistics = figure.statistics.count { !$0.isTheSame }
      let picture = figure.picture?.changedShare.map(ComparisonWords.percent) ?? "–"
      return
        "| \(figure.label) | \(figure.comparison.words) | \(figure.counts ? "yes" : "no") | \(statistics) of \(figure.statistics.count) not the same | \(picture) |"
    }
    for figure in changed {
      let details = ComparisonWords(figure: figure).lines
      guard !details.isEmpty else { continue }
      lines += ["", "<details><summary>\(figure.label)</summary>", ""]
      lines += details.prefix(Self.linesPerFigure).map { "- \(Self.escaped($0))" }
      if details.count > Self.linesPerFigure {
        lines.append("- and \(details.count - Self.linesPerFigure) more")
      }
      lines += ["", "</details>"]
    }
    let same = comparison.figures.filter(\.isTheSame).map(\.label)
    if !same.isEmpty { lines += ["", "The same: \(same.joined(separator: ", "))."] }
    return lines.joined(separator: "\n")
  }

  private func row(_ name: String, _ side: ReportComparison.Side) -> String {
    "| \(name) | \(Self.escaped(side.name)) | \(side.plateauVersion) | \(side.profile) | \(side.seed) | `\(side.digest.prefix(12))` |"
  }

  /// Without the signs that Markdown and HTML take for their own.
  static func escaped(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      if "\\`*_|<>[]".contains(character) { escaped += "\\" }
      escaped.append(character)
    }
  }
}
