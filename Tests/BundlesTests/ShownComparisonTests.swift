import Foundation
import Plotting
import TestSupport
import Testing

@testable import Bundles

@Suite("What of a comparison is shown")
struct ShownComparisonTests {
  /// Four figures: one that differs in its first statistic alone, one that is the same, one within the
  /// interval, and one that was accepted.
  private func comparison() throws -> ReportComparison {
    func figure(
      _ id: String, both: (inout ReportSketch) -> Void = { _ in }, _ change: (inout ReportSketch) -> Void
    ) throws -> Judged<FigureComparison> {
      let pair = try SketchPair(both: both, change)
      defer { pair.remove() }
      var figure = try pair.comparison().figures[0]
      (figure.part.id, figure.part.label) = ("fig\(id)", "Figure \(id)")
      return figure
    }
    let pair = try SketchPair(both: { $0.statistics.append(.init(id: "fig3.b.x.y.pearson", panel: "b")) }) {
      $0.statistics[0].value = 0.5
    }
    defer { pair.remove() }
    var comparison = try pair.comparison()
    comparison.figures += [
      try figure("4") { _ in },
      try figure("5", both: { $0.replay = .statistical }) { $0.statistics[0].value = 0.7 },
    ]
    var accepted = try SketchPair.acceptedComparison().figures[0]
    (accepted.part.id, accepted.part.label) = ("fig6", "Figure 6")
    comparison.figures.append(accepted)
    return comparison
  }

  @Test("by default all that is not the same is shown, and nothing is said to be left out")
  func all() throws {
    let shown = ShownComparison(try comparison(), onlyChanged: false)
    #expect(shown.figures.map(\.whole.id) == ["fig3", "fig5", "fig6"] && shown.leftOut == nil)
    #expect(shown.figures[0].shown == shown.figures[0].whole)
  }

  @Test("only what makes the reports differ is shown, and the others are counted and named by kind")
  func onlyChanged() throws {
    let comparison = try comparison()
    let shown = ShownComparison(comparison, onlyChanged: true)
    #expect(shown.figures.map(\.whole.id) == ["fig3"])
    let figure = shown.figures[0].shown
    #expect(figure.statistics.map(\.id) == ["fig3.a.x.y.pearson"])
    #expect(
      figure.picture == nil && figure.tables.isEmpty && figure.settings.isEmpty && figure.verdicts.isEmpty)
    let words =
      "Left out: 1 the same (Figure 4); 1 within the tolerances (Figure 5); 1 accepted (Figure 6)."
    #expect(shown.leftOut == words)
    let text = ComparisonSummary(comparison, onlyChanged: true).text
    #expect(text.contains(words) && !text.contains("Figure 5: "))
    // The verdict and the counts are those of everything.
    #expect(text.contains("Differs: 1 of 4 figures") && text.contains("Statistics: 2 identical"))
    let markdown = ComparisonMarkdown(comparison, onlyChanged: true).text
    #expect(markdown.contains("1 accepted (Figure 6)") && !markdown.contains("<b>Figure 5</b>"))
    let page = ComparisonPage(shown, movesSizes: [:])
    #expect(page.glance.map(\.label) == ["Figure 3"] && page.leftOut == words)
    #expect(page.glance[0].parts[0].text == "1 of 2")
  }

  @Test("a figure that is shown has its picture, whether or not that counts by itself")
  func picture() throws {
    let pair = try SketchPair(both: { $0.replay = .statistical }) {
      $0.verdict = "undecided"
      $0.picture = Pixels(width: 2, height: 2, values: [0, 0, 0, 0])
    }
    defer { pair.remove() }
    let shown = ShownComparison(try pair.comparison(), onlyChanged: true)
    #expect(try #require(shown.figures.first).shown.picture?.changedShare == 0.25)
  }

  @Test("numbers that cannot be compared are shown")
  func incomparable() throws {
    let pair = try SketchPair {
      $0.revisions = ["training": "2"]
      $0.statistics[0].value = 0.5
    }
    defer { pair.remove() }
    let shown = ShownComparison(try pair.comparison(), onlyChanged: true)
    let figure = try #require(shown.figures.first).shown
    #expect(figure.revisions.count == 1 && figure.statistics.count == 1)
  }

  @Test("the folder of a page with changes alone has no picture of the others, and its JSON has everything")
  func folder() throws {
    let pair = try SketchPair(both: { $0.replay = .statistical }) {
      $0.picture = Pixels(width: 2, height: 2, values: [0, 0, 0, 0])
    }
    let site = try SampleSite()
    defer {
      pair.remove()
      site.remove()
    }
    let comparison = try pair.comparison()
    try ComparisonWriter(
      templates: TinyProject.repository + "/report-templates", to: site.path("diff"), inputs: []
    ).write(comparison, before: pair.before, after: pair.after, onlyChanged: true)
    let files = try FileManager.default.subpathsOfDirectory(atPath: site.path("diff"))
    #expect(!files.contains { $0.hasSuffix(".png") })
    #expect(try Data(contentsOf: URL(fileURLWithPath: site.path("diff/diff.json"))) == comparison.bytes())
    let page = try String(contentsOfFile: site.path("diff/index.html"), encoding: .utf8)
    #expect(page.contains("Left out: 1 within the tolerances (Figure 3)."))
  }
}
