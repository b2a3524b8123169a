import Foundation
import Plotting
import Testing

@testable import Bundles

@Suite("A comparison as a comment on a pull request")
struct ComparisonMarkdownTests {
  private func comparison(_ change: (inout ReportSketch) -> Void) throws -> ReportComparison {
    let pair = try SketchPair(change)
    defer { pair.remove() }
    return try pair.comparison()
  }

  @Test("signs of Markdown, mentions and numbers of issues in names are text")
  func escapes() throws {
    var comparison = try comparison { $0.statistics[0].value = 0.5 }
    comparison.before.name = "a|b_c`d`<e> @team #12\n## x"
    comparison.figures[0].part.label = "Figure <3> & @team"
    let text = ComparisonMarkdown(comparison).text
    #expect(text.contains(#"a\|b\_c\`d\`\<e\> @"# + "\u{200B}team #\u{200B}12 #\u{200B}#\u{200B} x"))
    #expect(text.contains("<b>Figure &lt;3&gt; &amp; @\u{200B}team</b>"))
    #expect(!text.contains("@team") && !text.contains("<3>"))
  }

  @Test("the headline counts, and the statistics stand by the size of their move, the largest first")
  func moves() throws {
    let comparison = try comparison {
      $0.statistics[0].value = 0.65
      $0.statistics.append(.init(id: "fig3.a.x.y.new"))
    }
    var two = comparison
    // 0.15 of a half-width of 0.15, beside 0.6 of the same.
    two.figures[0].part.statistics[1] = comparison.figures[0].part.statistics[0]
    two.figures[0].part.statistics[1].part.title = "Far"
    two.figures[0].part.statistics[1].part.after?.value = 0.2
    let text = ComparisonMarkdown(two).text
    #expect(text.hasPrefix("## Differs: 1 of 1 figures\n\nStatistics: 2 changed."))
    let far = try #require(text.range(of: "Far, x against y | 0.800 | 0.200 | 4.00 half-widths |"))
    let near = try #require(text.range(of: "Pearson r, x against y | 0.800 | 0.650 | 1.00 half-widths |"))
    #expect(far.lowerBound < near.lowerBound)
    #expect(text.contains("| Figure 3 | changed | yes | 2 of 2 not the same | 0 % |"))
  }

  @Test("pictures stand side by side where their address is known, and never as data")
  func pictures() throws {
    let comparison = try comparison { $0.picture = Pixels(width: 2, height: 2, values: [0, 0, 0, 0]) }
    #expect(!ComparisonMarkdown(comparison).text.contains("<img"))
    let text = ComparisonMarkdown(comparison, pictures: "https://example.org/a b/\"x\"").text
    #expect(
      text.contains(
        "<img src=\"https://example.org/a%20b/%22x%22/before/fig3.png\" alt=\"Figure 3 in the first"))
    #expect(text.contains("<th>First</th><th>Second</th>") && !text.contains("data:"))
    #expect(ComparisonMarkdown(comparison, pictures: "").text.contains("src=\"after/fig3.png\""))
    let lost = try self.comparison { $0.picture = nil }
    let single = ComparisonMarkdown(lost, pictures: "").text
    #expect(single.contains("before/fig3.png") && !single.contains("after/fig3.png"))
  }

  @Test("a comment that GitHub would refuse is shortened by whole figures, which are named")
  func limit() throws {
    var comparison = try comparison { $0.statistics[0].value = 0.5 }
    var figure = comparison.figures[0]
    figure.part.statistics = (0..<20).map { index in
      var statistic = figure.part.statistics[0]
      statistic.part.quantities = String(repeating: "long ", count: 20) + "\(index)"
      return statistic
    }
    comparison.figures = (0..<60).map { index in
      var figure = figure
      (figure.part.id, figure.part.label) = ("fig\(index)", "Figure \(index)")
      return figure
    }
    let text = ComparisonMarkdown(comparison).text
    #expect(text.utf16.count <= ComparisonMarkdown.largestSize && text.utf16.count > 55_000)
    #expect(text.contains("<b>Figure 0</b>") && !text.contains("<b>Figure 59</b>"))
    let note = try #require(text.split(separator: "\n").last)
    #expect(note.hasPrefix("_Left out for GitHub’s limit") && note.contains("Figure 59"))
    #expect(
      text.components(separatedBy: "<details>").count == text.components(separatedBy: "</details>").count)
  }

  @Test("equal reports are one headline and their sides")
  func same() throws {
    let text = ComparisonMarkdown(try comparison { _ in }).text
    #expect(text.hasPrefix("## Same: every byte but run.json’s") && !text.contains("<details>"))
  }
}
