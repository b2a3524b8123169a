import Foundation
import Plotting
import SpecReading
import Specifications
import TestSupport
import Testing

@testable import Bundles

@Suite("Comparing reports")
struct ComparisonTests {
  private static let templates = TinyProject.repository + "/report-templates"

  /// Compares the plain sketch with itself after `change`, both after `both`.
  private func compare(
    both: (inout ReportSketch) -> Void = { _ in }, _ change: (inout ReportSketch) -> Void
  ) throws -> ReportComparison {
    let pair = try SketchPair(both: both, change)
    defer { pair.remove() }
    return try pair.comparison()
  }

  private func figure(_ comparison: ReportComparison) throws -> Judged<FigureComparison> {
    try #require(comparison.figures.first)
  }

  @Test("a report is the same as itself, with everything identical")
  func itself() throws {
    let comparison = try compare { _ in }
    #expect(comparison.outcome == .same && comparison.outcome.status == 0)
    let figure = try figure(comparison)
    #expect(figure.comparison == .identical && !figure.counts)
    #expect(figure.panels.allSatisfy(\.isSame) && figure.tables.first?.identicalRows == 2)
  }

  @Test("where bits should come back, the last bit of a statistic is a change")
  func bitwise() throws {
    let comparison = try compare { $0.statistics[0].value = (0.8).nextUp }
    #expect(comparison.outcome == .differs && comparison.outcome.status == 1)
    #expect(try figure(comparison).statistics.map(\.comparison) == [.changed])
    // No printed digit shows it, so its size is said.
    #expect(ComparisonSummary(comparison).text.contains("n = 2, moved by 1.11 × 10⁻¹⁶, changed"))
  }

  @Test("a p that moves alone is shown on both sides")
  func pValue() throws {
    let comparison = try compare(both: { $0.statistics[0].pValue = 1e-305 }) {
      $0.statistics[0].pValue = 1 / 12
    }
    #expect(try figure(comparison).statistics.map(\.comparison) == [.changed])
    #expect(
      ComparisonSummary(comparison).text.contains(
        "n = 2, p < 10⁻³⁰⁰ → 0.800 [0.600, 0.900], n = 2, p = 0.083, changed"))
  }

  @Test("rounding is within tolerance for numeric runs, and more than rounding is not")
  func numeric() throws {
    let close = try compare(both: { $0.replay = .numeric }) { $0.statistics[0].value = 0.8 + 1e-8 }
    #expect(try close.outcome == .same && figure(close).statistics[0].comparison == .withinTolerance)
    let far = try compare(both: { $0.replay = .numeric }) { $0.statistics[0].value = 0.8 + 1e-4 }
    #expect(try far.outcome == .differs && figure(far).statistics[0].comparison == .changed)
    let n = try compare(both: { $0.replay = .numeric }) { $0.statistics[0].n = 3 }
    #expect(n.outcome == .differs)
  }

  @Test("for statistical runs each value must lie in the other's interval, not one alone")
  func interval() throws {
    let both = try compare(both: { $0.replay = .statistical }) { $0.statistics[0].value = 0.65 }
    #expect(try both.outcome == .same && figure(both).statistics[0].comparison == .withinInterval)
    let one = try compare(both: { $0.replay = .statistical }) {
      $0.statistics[0].value = 0.65
      $0.statistics[0].interval = 0.6...0.7
    }
    #expect(try one.outcome == .differs && figure(one).statistics[0].comparison == .changed)
    let none = try compare(both: { $0.replay = .statistical }) {
      $0.statistics[0].value = 0.81
      $0.statistics[0].interval = nil
    }
    #expect(none.outcome == .differs)
  }

  @Test(
    "other BLAS kernels, another BLAS library or another seed makes bitwise runs statistical, and says so once",
    arguments: [0, 1, 2])
  func otherDraws(kind: Int) throws {
    let comparison = try compare {
      $0.statistics[0].value = 0.7
      switch kind {
      case 0: $0.kernel = "SkylakeX"
      case 1: $0.blasVersion = "0.3.29"
      default: $0.seed = 2
      }
    }
    #expect(comparison.outcome == .same && comparison.remarks.count == 1)
    #expect(try figure(comparison).replay == .statistical)
  }

  @Test("a value that one report lacks never passes; one that both lack for one reason is no difference")
  func unmeasured() throws {
    func without(_ reason: String?) -> (inout ReportSketch) -> Void {
      {
        $0.statistics[0].value = nil
        $0.statistics[0].interval = nil
        $0.statistics[0].unmeasured = reason
      }
    }
    for replay in ReplayClass.allCases {
      let lost = try compare(both: { $0.replay = replay }, without("2 points"))
      #expect(try lost.outcome == .differs && figure(lost).statistics[0].comparison == .unmeasured)
    }
    #expect(try compare(both: without("2 points")) { _ in }.outcome == .same)
    #expect(try compare(both: without("2 points"), without("3 points")).outcome == .differs)
    // No value and no reason: nothing is known, in whatever pair.
    #expect(try compare(both: without(nil)) { _ in }.outcome == .differs)
  }

  @Test("a statistic that only one report has is added or removed")
  func addedAndRemoved() throws {
    let added = try compare { $0.statistics.append(.init(id: "fig3.a.x.y.spearman")) }
    #expect(try figure(added).statistics.map(\.comparison) == [.identical, .added])
    let removed = try compare { $0.statistics = [] }
    #expect(try figure(removed).statistics.map(\.comparison) == [.removed])
    #expect(added.outcome == .differs && removed.outcome == .differs)
  }

  @Test("another profile, other data, another revision cannot be compared, and the reason says so")
  func incomparable() throws {
    let changes: [(String, (inout ReportSketch) -> Void)] = [
      ("profile", { $0.profile = "paper" }),
      ("mnist", { $0.dataDigest = String(repeating: "e", count: 64) }),
      ("revision 1 of training", { $0.revisions = ["training": "2"] }),
    ]
    for (word, change) in changes {
      let comparison = try compare {
        change(&$0)
        $0.statistics[0].value = 0.1
      }
      #expect(comparison.outcome == .incomparable && comparison.outcome.status == 2)
      #expect(comparison.incomparable.count == 1 && comparison.incomparable[0].contains(word))
      #expect(try figure(comparison).statistics[0].comparison == .incomparable)
      #expect(ComparisonSummary(comparison).text.hasPrefix("Cannot be compared:"))
    }
  }

  @Test("a setting that is spelt another way is the same setting")
  func respeltSetting() throws {
    let setting = try compare { $0.box = "1e-4" }
    #expect(setting.outcome == .same)
    #expect(try figure(setting).settings.map(\.comparison) == [.identical])
  }

  @Test("settings and verdicts count; facts are told and do not count")
  func values() throws {
    let setting = try compare { $0.box = "0.001" }
    #expect(setting.outcome == .differs)
    #expect(try figure(setting).settings.map(\.comparison) == [.changed])
    #expect(ComparisonSummary(setting).text.contains("g.box: 0.0001 → 0.001"))
    #expect(try compare { $0.verdict = "undecided" }.outcome == .differs)
    let kernel = try compare { $0.kernel = "Zen" }
    #expect(kernel.facts.contains { $0.comparison == .changed } && kernel.outcome == .same)
  }

  @Test("rows belong together by the hash of their run, and by design where that is another")
  func rows() throws {
    let moved = try compare {
      $0.table = "run_sha256,attack_size_images,sample,seed,sharpness\nr1,50,0,1,2.5\nr0,0,0,1,1.75\n"
    }
    var table = try #require(figure(moved).tables.first)
    #expect(table.identicalRows == 1 && table.rows.map(\.match) == [.run])
    #expect(
      table.rows[0].cells == [.init(column: "sharpness", before: "1.5", after: "1.75", comparison: .changed)])
    #expect(moved.outcome == .differs)

    // Other hashes and another seed; the second run is of another |A|.
    let rerun = try compare {
      $0.seed = 2
      $0.table = "run_sha256,attack_size_images,sample,seed,sharpness\nq0,0,0,2,1.5\nq1,100,0,2,2.5\n"
    }
    table = try #require(figure(rerun).tables.first)
    #expect(table.identicalRows == 1)
    #expect(table.rows.map(\.comparison) == [.removed, .added])
    #expect(table.rows[0].key == "attack_size_images 50, sample 0")
  }

  @Test("rows that are alike but for their order are told apart by it")
  func alikeRows() throws {
    let header = "run_sha256,attack_size_images,sample,seed,sharpness\n"
    let comparison = try compare(both: { $0.table = header + "q0,0,0,1,1\nq1,0,0,1,2\n" }) {
      $0.table = header + "p0,0,0,1,1\np1,0,0,1,3\n"
    }
    let table = try #require(figure(comparison).tables.first)
    #expect(table.identicalRows == 1 && table.rows.count == 1)
    #expect(table.rows[0].cells.map(\.after) == ["3"] && table.rows[0].match == .design)
  }

  @Test("a column that one report lacks is a difference")
  func columns() throws {
    let comparison = try compare {
      $0.table = "run_sha256,attack_size_images,sample,seed,norm\nr0,0,0,1,1.5\nr1,50,0,1,2.5\n"
    }
    let table = try #require(figure(comparison).tables.first)
    #expect(table.addedColumns == ["norm"] && table.removedColumns == ["sharpness"])
    #expect(comparison.outcome == .differs)
  }

  @Test("a point moves with its run, is added or removed without")
  func points() throws {
    let comparison = try compare {
      $0.points[0] = (1.25, 90)
      $0.runs = ["r0", "new"]
      $0.points.append((3, 70))
      $0.runs.append("r1")
    }
    // "r1" is found by its hash, so its label, which is another run's now, is not looked at.
    let panel = try #require(figure(comparison).panels.first)
    #expect(panel.moved.map(\.label) == ["sample 0", "sample 2"])
    #expect(panel.moved[0].from.x == 1 && panel.moved[0].to.x == 1.25)
    #expect(panel.added.map(\.run) == ["new"] && panel.removed.isEmpty && panel.unmoved.isEmpty)
    #expect(MovesChart(panels: [panel]).chart?.panels.count == 1)
  }

  @Test("panels, points of other runs of the same design, and verdicts are matched whatever they are called")
  func words() throws {
    let comparison = try compare {
      $0.words = (x: "another wording", run: "run")
      $0.condition = "another condition"
      $0.runs = ["s0", "s1"]
      $0.table = "run_sha256,attack_size_images,sample,seed,sharpness\ns0,0,0,1,1.5\ns1,50,0,1,2.5\n"
      $0.points[1].y = 75
    }
    let panel = try #require(figure(comparison).panels.first)
    #expect(panel.unmoved.map(\.run) == ["s0"] && panel.moved.map(\.to.run) == ["s1"])
    #expect(panel.added.isEmpty && panel.removed.isEmpty)
    #expect(try figure(comparison).verdicts.map(\.comparison) == [.identical])
    // Neither does what the paper says count, nor that earlier reports do not have it.
    let says = (says: "It is so.", result: "close")
    for earlier in [nil, (says: "It may be.", result: "loose")] {
      let reworded = try compare(both: { $0.paper = says }, { $0.paper = earlier })
      #expect(try reworded.outcome == .same && figure(reworded).comparison == .identical)
    }
    // Other quantities are another panel, even under the same words.
    #expect(try figure(compare { $0.statistics[0].id = "fig3.a.z.y.pearson" }).panels.isEmpty)
  }

  @Test("pictures are compared pixel by pixel, by the tolerance of the runs' class")
  func pictures() throws {
    let changed: (inout ReportSketch) -> Void = {
      $0.picture = Pixels(width: 2, height: 2, values: [0, 0, 0, 0])
    }
    let comparison = try compare(changed)
    #expect(try figure(comparison).picture?.changedShare == 0.25)
    #expect(comparison.outcome == .differs)
    #expect(try compare(both: { $0.replay = .statistical }, changed).outcome == .same)
    let lost = try compare { $0.picture = nil }
    #expect(try lost.outcome == .differs && figure(lost).picture?.comparison == .removed)
  }

  @Test("a NaN, a wrong type and a picture that is none are named with their file")
  func badDocuments() throws {
    func message(_ change: (inout ReportSketch) -> Void) -> String {
      do {
        _ = try compare(change)
        return ""
      } catch { return "\(error)" }
    }
    #expect(message { $0.rawValue = "NaN" }.contains("metrics.json cannot be read: it is no valid JSON"))
    #expect(
      message { $0.rawValue = "\"high\"" }.contains("metrics.json cannot be read: .statistics[0].value"))
    let site = try SampleSite()
    defer { site.remove() }
    var files = try ReportSketch().files
    files["figures/fig3.png"] = Data("no picture at all, only some text".utf8)
    try site.write(files)
    let other = try SampleSite()
    defer { other.remove() }
    try other.write(ReportSketch().files)
    let comparer = try ReportComparer(
      ReportFolder(other.report), ReportFolder(site.report), tolerances: SketchPair.tolerances())
    let error = #expect(throws: BundlesError.self) { try comparer.comparison() }
    #expect("\(error.map { "\($0)" } ?? "")".contains("figures/fig3.png cannot be read"))
    files["points.json"] = nil
    try site.write(files)
    try FileManager.default.removeItem(atPath: site.report + "/points.json")
    #expect(throws: BundlesError.self) {
      try ReportComparer(
        ReportFolder(site.report), ReportFolder(other.report), tolerances: SketchPair.tolerances())
    }
  }

  @Test("every tag of the comparison's page names a value that it is rendered with")
  func templateNames() throws {
    let header = "run_sha256,attack_size_images,sample,seed,sharpness\n"
    var walk = TemplateWalk(folder: Self.templates, page: "diff")
    let comparisons = [
      try compare { _ in },
      try compare {
        $0.profile = "paper"
        $0.dataDigest = String(repeating: "e", count: 64)
      },
      try compare {
        $0.kernel = "Zen"
        $0.box = "0.001"
        $0.verdict = "undecided"
        $0.statistics[0].value = 0.1
        $0.statistics.append(.init(id: "fig3.a.x.y.spearman"))
        $0.points[0].x = 5
        $0.picture = Pixels(width: 2, height: 2, values: [0, 0, 0, 0])
        $0.table = header + "r0,0,0,1,1.75\nr2,100,0,1,2.5\n"
      },
      try compare { $0.picture = nil },
      try SketchPair.acceptedComparison(),
    ]
    for comparison in comparisons {
      for onlyChanged in [false, true] {
        let shown = ShownComparison(comparison, onlyChanged: onlyChanged)
        try walk.walk(ComparisonPage(shown, movesSizes: ["fig3": (width: 10, height: 10)]))
      }
    }
    #expect(walk.unknown.isEmpty, "\(walk.unknown.sorted())")
    #expect(walk.unreached.isEmpty, "\(walk.unreached.sorted())")
  }

  @Test("the page has both pictures, their difference and the moves, and replaces only a comparison")
  func page() throws {
    let (one, two) = (try SampleSite(), try SampleSite())
    defer {
      one.remove()
      two.remove()
    }
    try one.write(ReportSketch().files)
    var sketch = ReportSketch()
    sketch.points[0].x = 5
    sketch.statistics[0].value = 0.1
    sketch.picture = Pixels(width: 2, height: 2, values: [0, 0, 0, 0])
    try two.write(sketch.files)
    let (before, after) = (try ReportFolder(one.report), try ReportFolder(two.report))
    let comparison = try ReportComparer(before, after, tolerances: SketchPair.tolerances()).comparison()
    let templates = Self.templates
    let output = one.path("diff")
    try ComparisonWriter(templates: templates, to: output, inputs: []).write(
      comparison, before: before, after: after)
    for file in [
      "index.html", "diff.json", "diff.md", "before/fig3.png", "after/fig3.png", "difference/fig3.png",
      "moves/fig3.svg", "diff.js", "diff.css", "style.css",
    ] { #expect(FileManager.default.fileExists(atPath: output + "/" + file), "\(file)") }
    let decoded = try JSONDecoder().decode(
      ReportComparison.self, from: Data(contentsOf: URL(fileURLWithPath: output + "/diff.json")))
    #expect(decoded == comparison)
    let page = try String(contentsOfFile: output + "/index.html", encoding: .utf8)
    #expect(page.contains("1 of 2 points moved") && page.contains("25 % of the pixels"))
    #expect(!page.contains("{{"))
    try ComparisonWriter(templates: templates, to: output, inputs: []).write(
      comparison, before: before, after: after)

    // A picture that only the first has is shown alone.
    sketch.picture = nil
    try FileManager.default.removeItem(atPath: two.report + "/figures/fig3.png")
    try two.write(sketch.files)
    let without = try ReportFolder(two.report)
    let lost = try ReportComparer(before, without, tolerances: SketchPair.tolerances()).comparison()
    try ComparisonWriter(templates: templates, to: output, inputs: []).write(
      lost, before: before, after: without)
    let shown = try String(contentsOfFile: output + "/index.html", encoding: .utf8)
    #expect(shown.contains("before/fig3.png") && !shown.contains("after/fig3.png"))
    #expect(throws: (any Error).self) {
      try ComparisonWriter(templates: templates, to: one.report, inputs: [])
    }
  }
}
