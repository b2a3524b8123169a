import Figures

/// What the template `history` may name.
struct HistoryPage: Sendable {
  /// A report in the list at the top.
  struct Report: Sendable {
    let number: Int
    let side: SideView
  }
  /// The charts of one figure.
  struct Figure: Sendable {
    let id: String
    let label: String
    let tally: String
    let charts: [TrendChart]
  }
  /// A verdict over the reports.
  struct Verdict: Sendable {
    let label: String
    let place: String
    let verdicts: [String]
    let hasChanged: Bool
  }

  /// A row of what moved most: a verdict or a statistic.
  struct MoveRow: Sendable {
    let label: String
    let moveName: String
    let fromText: String
    let toText: String
    let sizeText: String
    let between: String
  }

  let summary: String
  let hasThreshold: Bool
  let threshold: String
  let moves: [MoveRow]
  let hasMoves: Bool
  let reports: [Report]
  let figures: [Figure]
  let numbers: [Int]
  let verdicts: [Verdict]
  let hasVerdicts: Bool

  /// - Parameter top: what moved most; nil for a page without that section.
  init(_ history: ReportHistory, top: HistoryMoves? = nil) {
    hasThreshold = top != nil
    threshold = top?.thresholdText ?? ""
    moves = top.map(Self.rows) ?? []
    hasMoves = !moves.isEmpty
    summary = history.summary
    reports = history.reports.enumerated().map {
      Report(number: $0.offset + 1, side: SideView("", $0.element))
    }
    numbers = Array(1...max(1, history.reports.count))
    figures = history.figures.compactMap { id in
      let own = history.statistics.filter { $0.figure == id }
      guard !own.isEmpty else { return nil }
      let moved = own.count { $0.hasMoved }
      return Figure(
        id: id, label: history.labels[id] ?? id,
        tally: moved == 0
          ? "\(own.count) statistics, none moved" : "\(own.count) statistics, \(moved) moved",
        charts: own.map { TrendChart($0, reports: history.reports) })
    }
    verdicts = history.verdicts.map { series in
      Verdict(
        label: history.labels[series.figure] ?? series.figure, place: series.place,
        verdicts: series.verdicts.map { $0 ?? "–" }, hasChanged: Set(series.verdicts).count > 1)
    }
    hasVerdicts = !verdicts.isEmpty
  }

  private static func rows(_ top: HistoryMoves) -> [MoveRow] {
    top.verdictChanges.map { change in
      MoveRow(
        label: top.label(change.series.figure), moveName: change.series.place,
        fromText: top.word(change.series.verdicts[change.from]),
        toText: top.word(change.series.verdicts[change.to]), sizeText: "verdict",
        between: top.between(change.from, change.to))
    }
      + top.measuredChanges.map { change in
        MoveRow(
          label: top.label(change.series.figure),
          moveName: change.series.words,
          fromText: ComparisonWords.side(change.series.values[change.from]),
          toText: ComparisonWords.side(change.series.values[change.to]), sizeText: "measured or not",
          between: top.between(change.from, change.to))
      }
      + top.moves.map { move in
        MoveRow(
          label: top.label(move.series.figure),
          moveName: move.series.words,
          fromText: ComparisonWords.side(move.series.values[move.from]),
          toText: ComparisonWords.side(move.series.values[move.to]), sizeText: move.move.sizeText,
          between: top.between(move.from, move.to))
      }
  }
}

extension ReportHistory {
  /// Such as "3 reports, 696 statistics, 12 moved between reports that may be compared".
  package var summary: String {
    let moved = statistics.count { $0.hasMoved }
    return
      "\(reports.count) reports, \(statistics.count) statistics, \(moved) moved between reports that may be compared"
  }
}
