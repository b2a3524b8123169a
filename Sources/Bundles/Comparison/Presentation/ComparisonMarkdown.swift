import Encodings
import Specifications

/// A comparison in GitHub's Markdown: a comment on a pull request.
package struct ComparisonMarkdown {
  /// The longest comment that GitHub takes, in UTF-16 code units.
  package static let largestSize = 65_536
  private let shown: ShownComparison
  private let pictures: String?
  /// How much of each list and table is shown; all of it is on the page and in `diff.json`.
  private static let (reasonCount, moveCount, lineCount, statisticCount) = (20, 10, 30, 20)

  /// The text of `comparison`.
  ///
  /// - Parameters:
  ///   - onlyChanged: whether all is left out that does not make the reports differ.
  ///   - pictures: the address or path of the folder of the comparison's page, whose pictures are shown;
  ///     empty for the folder in which the text lies, nil for none.
  package init(_ comparison: ReportComparison, onlyChanged: Bool = false, pictures: String? = nil) {
    shown = ShownComparison(comparison, onlyChanged: onlyChanged)
    self.pictures = pictures
  }

  /// A headline, what moved most, and each figure below a fold; no longer than ``largestSize``.
  package var text: String {
    let head = ([headline, sides] + lists + [verdicts, moves, table]).filter { !$0.isEmpty }
    return Self.fitted(head, shown.figures.map { ($0.whole.label, fold($0)) }, end: [accepted, end])
  }

  /// The parts as paragraphs. Figures that do not fit are named in the last line.
  private static func fitted(
    _ head: [String], _ folds: [(label: String, text: String)], end: [String]
  ) -> String {
    let frame = (head + end.filter { !$0.isEmpty }).joined(separator: "\n\n").utf16.count
    // Room for the line that names what is left out, and for the ends of paragraphs.
    let reserve = 200 + folds.reduce(0) { $0 + $1.label.utf16.count + 2 }
    var room = largestSize - frame - reserve
    var (fitting, leftOut): ([String], [String]) = ([], [])
    for fold in folds {
      let size = fold.text.utf16.count + 2
      if size <= room {
        room -= size
        fitting.append(fold.text)
      } else {
        leftOut.append(MarkdownText.escaped(fold.label))
      }
    }
    let note =
      leftOut.isEmpty
      ? []
      : [
        "_Left out for GitHub’s limit of \(NumberText.grouped(largestSize)) characters: "
          + "\(leftOut.joined(separator: ", ")). The page and diff.json have all._"
      ]
    return (head + fitting + end.filter { !$0.isEmpty } + note).joined(separator: "\n\n")
  }

  private var headline: String {
    "## \(shown.whole.verdictWords)\n\nStatistics: \(shown.whole.statisticCounts)."
  }

  private var sides: String {
    func row(_ name: String, _ side: ReportComparison.Side) -> [String] {
      [
        name, MarkdownText.escaped(side.name), MarkdownText.escaped(side.plateauVersion),
        MarkdownText.escaped(side.profile), "\(side.seed)", "`\(side.digest.prefix(12))`",
      ]
    }
    return MarkdownText.table(
      ["", "Report", "plateau", "Profile", "Seed", "Digest"],
      [row("First", shown.whole.before), row("Second", shown.whole.after)])
  }

  /// Why the reports cannot be compared, and what a reader must know besides.
  private var lists: [String] {
    let reasons = shown.whole.incomparable.map { "**\(MarkdownText.escaped($0))**" }
    return [MarkdownText.list(reasons, most: Self.reasonCount)]
      + shown.whole.remarks.map(MarkdownText.escaped)
  }

  /// The verdicts that are other ones.
  private var verdicts: String {
    let lines = shown.figures.flatMap { figure in
      figure.shown.verdicts.filter(\.counts).map {
        MarkdownText.escaped("\(figure.whole.label), \(ComparisonWords.change($0.part))")
      }
    }
    return lines.isEmpty
      ? "" : "**Verdicts that changed**\n\n" + MarkdownText.list(lines, most: Self.lineCount)
  }

  /// The statistics that moved most among those that make the reports differ, worst first.
  private var moves: String {
    let moves = shown.figures.flatMap { figure in
      figure.shown.statistics.filter(\.counts).compactMap { statistic in
        StatisticMove(from: statistic.before, to: statistic.after).map { (figure.whole, statistic, $0) }
      }
    }.sorted { $0.2.size > $1.2.size }
    if moves.isEmpty { return "" }
    let title =
      moves.count > Self.moveCount
      ? "The \(Self.moveCount) of \(moves.count) statistics that moved most" : "What moved most"
    return "**\(title)**\n\n"
      + MarkdownText.table(
        ["Figure", "Statistic", "First", "Second", "Moved by"],
        moves.prefix(Self.moveCount).map { figure, statistic, move in
          [
            MarkdownText.escaped(figure.label), Self.name(of: statistic),
            ComparisonWords.number(move.from), ComparisonWords.number(move.to), move.sizeText,
          ]
        })
      + "\n\nA half-width is half of the wider 95 % interval; a percentage is of the larger value."
  }

  private var table: String {
    if shown.figures.isEmpty { return "" }
    return MarkdownText.table(
      ["Figure", "Class", "Counts", "Statistics", "Picture"],
      shown.figures.map { figure in
        let whole = figure.whole
        return [
          MarkdownText.escaped(whole.label), whole.comparison.words, whole.countsWords,
          "\(whole.statistics.count { !$0.isTheSame }) of \(whole.statistics.count) not the same",
          whole.picture?.changedShare.map(ComparisonWords.percent) ?? "–",
        ]
      })
  }

  /// A figure: its lines, its statistics and its pictures.
  private func fold(_ figure: ShownComparison.Figure) -> String {
    let label = MarkdownText.escapedForHTML(figure.whole.label)
    let words = ComparisonWords(figure: figure.shown)
    let lines = words.linesWithoutStatistics.map(MarkdownText.escaped)
    let statistics = words.decisiveStatistics
    var parts = ["<details><summary><b>\(label)</b>, \(figure.whole.comparison.words)</summary>"]
    parts += figure.whole.acceptanceLines.map { MarkdownText.escaped("\($0).") }
    parts.append(MarkdownText.list(lines, most: Self.lineCount))
    if !statistics.isEmpty {
      parts.append(
        MarkdownText.table(
          ["Statistic", "First", "Second", "Class"],
          statistics.prefix(Self.statisticCount).map { statistic in
            [
              Self.name(of: statistic), MarkdownText.escaped(ComparisonWords.side(statistic.before)),
              MarkdownText.escaped(ComparisonWords.side(statistic.after)),
              BadgeView(statistic.judgement).words,
            ]
          }))
      let more = statistics.count - Self.statisticCount
      if more > 0 { parts.append("and \(more) more") }
    }
    return (parts + [gallery(figure.shown), "</details>"]).filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  /// The figure's pictures in both reports, side by side.
  private func gallery(_ figure: Judged<FigureComparison>) -> String {
    guard let pictures, let picture = figure.picture, picture.comparison != .identical else { return "" }
    let base = pictures.isEmpty || pictures.hasSuffix("/") ? pictures : pictures + "/"
    func image(_ folder: String, _ words: String) -> String {
      let path = "\(base)\(folder)/\(figure.id).png"
      let address = MarkdownText.address(path)
      let alt = MarkdownText.escapedForHTML("\(figure.label) in the \(words) report")
      return "<td><a href=\"\(address)\"><img src=\"\(address)\" alt=\"\(alt)\" width=\"420\"></a></td>"
    }
    let sides =
      (picture.comparison == .added ? [] : [("First", image("before", "first"))])
      + (picture.comparison == .removed ? [] : [("Second", image("after", "second"))])
    let titles = sides.map { "<th>\($0.0)</th>" }.joined()
    return "<table><tr>\(titles)</tr><tr>\(sides.map(\.1).joined())</tr></table>"
  }

  /// What was accepted, and which entries accept nothing here.
  private var accepted: String {
    let lines = shown.whole.acceptedLines.map(MarkdownText.escaped)
    return lines.isEmpty
      ? "" : "**Accepted differences**\n\n" + MarkdownText.list(lines, most: Self.lineCount)
  }

  private var end: String {
    if let leftOut = shown.leftOut { return MarkdownText.escaped(leftOut) }
    let same = shown.whole.figures.filter(\.isTheSame).map(\.label)
    return same.isEmpty || shown.figures.isEmpty
      ? "" : MarkdownText.escaped("The same: \(same.joined(separator: ", ")).")
  }

  private static func name(of statistic: Judged<StatisticComparison>) -> String {
    MarkdownText.escaped("(\(statistic.panel)) \(statistic.title), \(statistic.quantities)")
  }
}
