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

  let summary: String
  let reports: [Report]
  let figures: [Figure]
  let numbers: [Int]
  let verdicts: [Verdict]
  let hasVerdicts: Bool

  init(_ history: ReportHistory) {
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
}

extension ReportHistory {
  /// Such as "3 reports, 696 statistics, 12 moved between reports that may be compared".
  package var summary: String {
    let moved = statistics.count { $0.hasMoved }
    return
      "\(reports.count) reports, \(statistics.count) statistics, \(moved) moved between reports that may be compared"
  }
}
