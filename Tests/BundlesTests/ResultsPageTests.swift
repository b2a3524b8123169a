import Encodings
import Foundation
import ReportDocuments
import TestSupport
import Testing

@testable import Bundles

@Suite("The page of results")
struct ResultsPageTests {
  /// The page of a report's excerpt, and the excerpt.
  private func page(
    _ sketch: ReportSketch = ReportSketch(), notes: String = "", pictures: [String]? = nil
  ) throws -> (page: String, excerpt: ReportExcerpt, site: SampleSite) {
    let site = try SampleSite()
    try site.write(sketch.files)
    var run = sketch.run
    run.paths = ["store": "/a/store"]
    try site.write(run)
    let folder = site.path("mnist")
    try ReportExcerpt.keep(
      ReportFolder(site.report), in: folder, pictures: pictures, machine: "two cores | of a kind")
    let excerpt = try ReportExcerpt(folder)
    let page = try ResultsPage([excerpt], notes: ResultsNotes(notes)) { "results/\($0.name)" }
    return (try page.text(), excerpt, site)
  }

  @Test("an excerpt has the report's own numbers and digest, and neither its host nor its folders")
  func excerpt() throws {
    let (_, excerpt, site) = try page()
    defer { site.remove() }
    let report = try ReportFolder(site.report)
    #expect(excerpt.digest == report.digest && excerpt.name == "mnist")
    for file in ["metrics.json", "provenance.json", "SHA256SUMS", "figures/fig3.png"] {
      #expect(try Data(contentsOf: URL(fileURLWithPath: site.path("mnist/\(file)"))) == report.data(file))
    }
    let run = try String(contentsOfFile: site.path("mnist/run.json"), encoding: .utf8)
    #expect(!run.contains("a-host") && !run.contains("/a/store") && run.contains("two cores"))
    #expect(excerpt.picture("fig3") == "figures/fig3.png" && excerpt.picture("fig4") == nil)
    // Of the whole report the same is read.
    #expect(try ReportExcerpt(site.report).metrics == excerpt.metrics)
    #expect(throws: ResultsError.noFigure("4", report: site.report, known: ["3"])) {
      try ReportExcerpt.keep(report, in: site.path("other"), pictures: ["4"], machine: nil)
    }
    // Never in place of a whole report.
    let whole = try SampleSite()
    defer { whole.remove() }
    #expect(throws: ResultsError.wholeReport(path: whole.report)) {
      try ReportExcerpt.keep(report, in: whole.report, pictures: nil, machine: nil)
    }
  }

  @Test("a file that is not the report's is refused")
  func damage() throws {
    let (_, _, site) = try page()
    defer { site.remove() }
    let file = site.path("mnist/metrics.json")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    try text.replacing("0.8", with: "0.9").write(toFile: file, atomically: true, encoding: .utf8)
    #expect {
      try ReportExcerpt(site.path("mnist"))
    } throws: {
      if case .damagedReport(_, [], ["metrics.json"])? = $0 as? BundlesError { true } else { false }
    }
    try FileManager.default.removeItem(atPath: file)
    #expect(throws: BundlesError.self) { try ReportExcerpt(site.path("mnist")) }
    #expect(throws: BundlesError.self) { try ReportExcerpt(site.path("nowhere")) }
  }

  @Test("each claim has a row with its verdicts and the first statistic, and each judgement one of its own")
  func claims() throws {
    let (page, excerpt, site) = try page()
    defer { site.remove() }
    #expect(
      page.contains(
        "| s | beyond the paper | **holds** 1 of 1 | 3 a, holds: Pearson r = 0.80 [0.60, 0.90], n = 2 |")
    )
    #expect(
      page.contains("| [3 a](#mnist-fig3) | x against y | Pearson r = 0.80 [0.60, 0.90], n = 2 | – | holds |")
    )
    #expect(page.contains("`\(excerpt.digest.prefix(16))`"))
    #expect(page.contains("two cores \\| of a kind"))
    #expect(page.contains("![Figure 3, report mnist](results/mnist/figures/fig3.png)"))
    #expect(page.contains("No panel of these figures is missing."))
  }

  @Test("a shorter table has the claims of the paper alone, and no more than asked for")
  func rows() throws {
    func table(_ paperSays: String?, most: Int?) throws -> [Substring] {
      var sketch = ReportSketch()
      sketch.paper = paperSays.map { ($0, "r is large") }
      let (_, excerpt, site) = try page(sketch)
      defer { site.remove() }
      return ResultsPage.claimTable([excerpt], most: most).split(separator: "\n")
    }
    #expect(try table("So it is.", most: 1).last?.hasPrefix("| s | So it is. |") == true)
    #expect(try table("So it is.", most: 0).count == 2)
    #expect(try table(nil, most: 1).count == 2)
    #expect(try table(nil, most: nil).count == 3)
  }

  @Test("the notes' numbers are those of the reports, and a number that none has is an error")
  func notes() throws {
    let above = "Here r is {mnist:fig3.a.x.y.pearson}, {so}."
    let (page, excerpt, site) = try page(notes: above + "\n\n---\n\n## Not run\n\nMuch.\n")
    defer { site.remove() }
    let place = try #require(page.range(of: "Here r is 0.80 [0.60, 0.90], {so}."))
    let judgements = try #require(page.range(of: "## Every judgement"))
    #expect(place.upperBound < judgements.lowerBound)
    #expect(page.hasSuffix("## Not run\n\nMuch.\n"))
    func fill(_ text: String) throws { _ = try ResultsNotes.filled(text, from: [excerpt]) }
    #expect(throws: ResultsError.noStatistic("fig3.b", report: "mnist")) { try fill("{mnist:fig3.b}") }
    #expect(throws: ResultsError.noReport("cifar", known: ["mnist"])) { try fill("{cifar:fig3.b}") }
    #expect(throws: ResultsError.sameName("mnist")) {
      try ResultsPage([excerpt, excerpt], notes: ResultsNotes("")) { $0.path }
    }
  }
}
