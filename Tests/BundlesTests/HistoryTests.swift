import Foundation
import TestSupport
import Testing

@testable import Bundles

@Suite("The history of reports")
struct HistoryTests {
  /// The history of sketches, given in this order.
  private func history(_ sketches: [ReportSketch]) throws -> ReportHistory {
    let sites = try sketches.map { sketch in
      let site = try SampleSite()
      try site.write(sketch.files)
      try site.write(sketch.run)
      return site
    }
    defer { for site in sites { site.remove() } }
    return try ReportHistory(sites.map { try ReportFolder($0.report) })
  }

  private func sketch(_ day: Int, _ value: Double?, _ change: (inout ReportSketch) -> Void = { _ in })
    -> ReportSketch
  {
    var sketch = ReportSketch()
    sketch.finished = "2026-01-0\(day)T00:00:00Z"
    sketch.statistics[0].value = value
    if value == nil { sketch.statistics[0].unmeasured = "2 points" }
    change(&sketch)
    return sketch
  }

  @Test("the reports stand in the order in which they were made, however they were given")
  func order() throws {
    let history = try history([sketch(3, 0.3), sketch(1, 0.1), sketch(2, 0.2)])
    #expect(history.statistics.map { $0.values.map { $0?.value } } == [[0.1, 0.2, 0.3]])
    #expect(history.reports.map { $0.finished?.prefix(10) } == ["2026-01-01", "2026-01-02", "2026-01-03"])
    #expect(history.statistics[0].isComparable == [false, true, true] && history.statistics[0].hasMoved)
  }

  @Test("a line is broken by another revision, another profile or a report without a value")
  func comparability() throws {
    let history = try history([
      sketch(1, 0.1), sketch(2, 0.1) { $0.revisions = ["training": "2"] },
      sketch(3, 0.5) {
        $0.revisions = ["training": "2"]
        $0.profile = "paper"
      }, sketch(4, nil) { $0.profile = "paper" },
    ])
    let series = history.statistics[0]
    // The fourth is of revision 1 again, the third of revision 2.
    #expect(series.isComparable == [false, false, false, false] && !series.hasMoved)
    let chart = TrendChart(series, reports: history.reports)
    #expect(chart.marks.count == 3 && chart.joins.isEmpty && chart.gaps.count == 1)
    #expect(chart.description.hasSuffix("0.100, 0.100, 0.500, unmeasured"))
  }

  @Test("a statistic that not all reports have keeps its place, and the table has a row for each value")
  func sparse() throws {
    let history = try history([
      sketch(1, 0.1),
      sketch(2, 0.2) { $0.statistics.append(.init(id: "fig3.a.x.y.other", name: "other", value: 4)) },
      sketch(3, 0.1) { $0.verdict = "undecided" },
    ])
    #expect(history.statistics.map(\.id) == ["fig3.a.x.y.pearson", "fig3.a.x.y.other"])
    #expect(history.statistics[1].values.map { $0?.value } == [nil, 4, nil])
    #expect(history.verdicts.map(\.verdicts) == [["holds", "holds", "undecided"]])
    #expect(history.verdicts.map(\.isComparable) == [[false, true, true]])
    let lines = HistoryTable(history: history).csv.split(separator: "\n")
    #expect(lines.count == 5 && lines[2].contains("0.2,0.6,0.9,,,yes"))
    let chart = TrendChart(history.statistics[0], reports: history.reports)
    // On the scale from −1 at the foot (86) to 1 (8): 0.1 is 55 % up.
    #expect(chart.marks.map(\.y) == ["43.1", "39.2", "43.1"] && chart.joins.count == 2)
    #expect(chart.hasMoved)
  }

  @Test("verdicts that changed come first, then moves above the threshold, the largest first")
  func moves() throws {
    // The interval is 0.6 to 0.9, half of it 0.15; the other statistic has none.
    func other(_ value: Double) -> ReportSketch.Statistic {
      .init(id: "fig3.a.x.y.other", name: "other", value: value, interval: nil)
    }
    let history = try history([
      sketch(1, 0.8) { $0.statistics.append(other(4)) }, sketch(2, 0.65) { $0.statistics.append(other(5)) },
      sketch(3, 0.8) {
        $0.statistics.append(other(1))
        $0.verdict = "undecided"
        $0.statistics[0].interval = 0.5...1
      },
    ])
    let all = HistoryMoves(history, threshold: 0)
    // 1 half-width; from 5 to 1 80 %; 0.15 of the wider half-width of 0.25; from 4 to 5 20 %.
    let sizes = [1, 0.8, 0.6, 0.2]
    #expect(all.moves.count == 4 && zip(all.moves, sizes).allSatisfy { abs($0.move.size - $1) < 1e-12 })
    #expect(all.moves.map(\.from) == [0, 1, 1, 0] && all.moves.map(\.to) == [1, 2, 2, 1])
    #expect(all.moves.map(\.move.unit) == [.halfWidth, .magnitude, .halfWidth, .magnitude])
    let some = HistoryMoves(history, threshold: 0.7)
    let lines = some.text.split(separator: "\n")
    #expect(lines.count == 5 && lines[0] == "Verdicts that changed: 1")
    #expect(lines[1].hasPrefix("  Figure 3, c (a): holds → undecided, from report 2 ("))
    #expect(lines[2].hasPrefix("Moves above 0.700 half-widths of the interval, or 70 % where"))
    #expect(
      lines[3].contains("1.00 half-widths: Figure 3 (a) Pearson r, x against y: 0.800 → 0.650, from report 1")
    )
    #expect(lines[4].hasPrefix("  80 %: "))
    #expect(HistoryMoves(history, threshold: 1.5).moves.isEmpty)
  }

  @Test("a statistic that is no longer measured, or is again, is listed between verdicts and moves")
  func measuredOrNot() throws {
    let top = HistoryMoves(try history([sketch(1, 0.8), sketch(2, nil), sketch(3, 0.7)]), threshold: 0)
    #expect(top.moves.isEmpty && top.measuredChanges.map(\.from) == [0, 1])
    let lines = top.text.split(separator: "\n")
    #expect(lines.count == 5 && lines[1] == "Measured in one report and not in the other: 2")
    #expect(
      lines[2].hasPrefix("  Figure 3 (a) Pearson r, x against y: 0.8") && lines[2].contains(" → unmeasured"))
    #expect(
      lines[3].contains("unmeasured") && lines[3].contains(" → 0.7") && lines[3].contains("from report 2 ("))
    #expect(lines[4].hasPrefix("Moves above") && lines[4].hasSuffix(": 0"))
  }

  @Test("what cannot be compared has no move: another revision, another profile")
  func incomparableMoves() throws {
    let history = try history([
      sketch(1, 0.1), sketch(2, 0.8) { $0.revisions = ["training": "2"] },
      sketch(3, 0.3) {
        $0.profile = "paper"
        $0.verdict = "undecided"
      },
    ])
    let top = HistoryMoves(history, threshold: 0)
    #expect(top.moves.isEmpty && top.verdictChanges.isEmpty)
  }

  @Test("every tag of the history's page names a value that it is rendered with")
  func templateNames() throws {
    let history = try history([
      sketch(1, 0.1), sketch(2, nil), sketch(3, 0.2), sketch(4, 0.3) { $0.verdict = "undecided" },
    ])
    let templates = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("report-templates").path
    var walk = TemplateWalk(folder: templates, page: "history")
    for threshold in [nil, 0, 1e6] {
      try walk.walk(HistoryPage(history, top: threshold.map { HistoryMoves(history, threshold: $0) }))
    }
    #expect(walk.unknown.isEmpty, "\(walk.unknown.sorted())")
    #expect(walk.unreached.isEmpty, "\(walk.unreached.sorted())")
  }

  @Test("the page has a chart for each statistic, and the folder is replaced by a history alone")
  func page() throws {
    let site = try SampleSite()
    defer { site.remove() }
    let history = try history([sketch(1, 0.1), sketch(2, 0.2)])
    let templates = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("report-templates").path
    for _ in 0..<2 {
      try HistoryWriter(templates: templates, to: site.path("history"), inputs: []).write(history)
    }
    let page = try String(contentsOfFile: site.path("history/index.html"), encoding: .utf8)
    #expect(page.components(separatedBy: "<svg class=\"trend-chart\"").count == 2)
    #expect(!page.contains("{{") && page.contains("over 2 reports: 0.100, 0.200"))
    #expect(throws: (any Error).self) { try HistoryWriter(templates: templates, to: site.report, inputs: []) }
  }
}
