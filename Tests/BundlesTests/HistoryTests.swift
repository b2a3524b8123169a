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
    let lines = HistoryTable(history: history).csv.split(separator: "\n")
    #expect(lines.count == 5 && lines[2].contains("0.2,0.6,0.9,,,yes"))
    let chart = TrendChart(history.statistics[0], reports: history.reports)
    // On the scale from −1 at the foot (86) to 1 (8): 0.1 is 55 % up.
    #expect(chart.marks.map(\.y) == ["43.1", "39.2", "43.1"] && chart.joins.count == 2)
    #expect(chart.hasMoved)
  }

  @Test("every tag of the history's page names a value that it is rendered with")
  func templateNames() throws {
    let history = try history([
      sketch(1, 0.1), sketch(2, nil), sketch(3, 0.2), sketch(4, 0.3) { $0.verdict = "undecided" },
    ])
    let templates = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("report-templates").path
    var walk = TemplateWalk(folder: templates, page: "history")
    try walk.walk(HistoryPage(history))
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
