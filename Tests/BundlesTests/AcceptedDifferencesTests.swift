import Foundation
import Plotting
import Specifications
import Testing

@testable import Bundles

@Suite("Accepted differences")
struct AcceptedDifferencesTests {
  /// Compares sketches with what was accepted between two others.
  private func compare(
    both: (inout ReportSketch) -> Void = { _ in }, accepted: (inout ReportSketch) -> Void,
    takesTolerances: Bool = false, found: (inout ReportSketch) -> Void
  ) throws -> ReportComparison {
    let first = try SketchPair(both: both, accepted)
    let second = try SketchPair(both: both, found)
    defer {
      first.remove()
      second.remove()
    }
    return try second.comparison(accepted: [first.entry(takesTolerances: takesTolerances)])
  }

  /// Every kind of difference.
  private static func everything(_ sketch: inout ReportSketch) {
    sketch.statistics[0].value = 0.5
    sketch.statistics.append(.init(id: "fig3.a.x.y.spearman"))
    sketch.verdict = "undecided"
    sketch.box = "0.001"
    sketch.table = "run_sha256,attack_size_images,sample,seed,sharpness\nr0,0,0,1,1.75\nr1,50,0,1,2.5\n"
    sketch.picture = Pixels(width: 2, height: 2, values: [0, 0, 0, 0])
  }

  @Test("what an entry names on both sides no longer makes the reports differ, and says why")
  func everyKind() throws {
    let comparison = try compare(accepted: Self.everything, found: Self.everything)
    #expect(comparison.outcome == .same)
    let figure = comparison.figures[0]
    #expect(figure.comparison == .changed && !figure.counts)
    #expect(figure.statistics.allSatisfy { $0.accepted?.reason == "it is meant" })
    #expect(figure.tables[0].rows.allSatisfy { !$0.counts } && figure.picture?.accepted != nil)
    #expect(figure.settings[0].accepted?.who == "A. Author" && figure.verdicts[0].accepted != nil)
    let use = try #require(comparison.accepted.first)
    #expect(use.accepted == 6 && use.unmet.isEmpty && use.unused == nil)
    let text = ComparisonSummary(comparison).text
    #expect(text.contains("Figure 3: changed; accepted: it is meant (A. Author, 2026-11-29)"))
    #expect(text.hasSuffix("Same: everything is as close as the tolerances ask, or accepted"))
  }

  @Test("a value that moved further is a difference again, and the entry is said not to be met")
  func further() throws {
    let comparison = try compare(
      accepted: { $0.statistics[0].value = 0.5 }, found: { $0.statistics[0].value = 0.49 })
    #expect(comparison.outcome == .differs)
    #expect(comparison.accepted[0].accepted == 0)
    #expect(comparison.accepted[0].unmet == ["fig3.a.x.y.pearson"])
    let interval = try compare(
      accepted: { $0.statistics[0].value = 0.7 },
      found: {
        $0.statistics[0].value = 0.7
        $0.statistics[0].interval = 0.1...0.9
      })
    #expect(interval.outcome == .differs)
    // Another value in the first report is another difference.
    let pair = try SketchPair { $0.statistics[0].value = 0.5 }
    let other = try SketchPair(both: { $0.statistics[0].value = 0.7 }) { $0.statistics[0].value = 0.5 }
    defer {
      pair.remove()
      other.remove()
    }
    #expect(try other.comparison(accepted: [pair.entry()]).outcome == .differs)
  }

  @Test("an entry whose difference is gone is named")
  func gone() throws {
    let comparison = try compare(accepted: { $0.box = "0.001" }, found: { _ in })
    #expect(comparison.outcome == .same && comparison.accepted[0].unmet == ["settings g.box"])
    #expect(
      ComparisonSummary(comparison).text.contains(
        "fig3.yml:5:3: 1 named there, and not as accepted or gone: settings g.box"))
  }

  @Test("rounding beside what was accepted is accepted where rounding is")
  func rounding() throws {
    let comparison = try compare(
      both: { $0.replay = .numeric }, accepted: { $0.statistics[0].value = 0.5 },
      found: { $0.statistics[0].value = 0.5 + 1e-9 })
    #expect(comparison.outcome == .same && comparison.figures[0].statistics[0].accepted != nil)
  }

  @Test(
    "a tolerance accepts moves as large as the accepted one in either direction, and none that is larger",
    arguments: [(1.0, true), (0.9, true), (0.65, true), (0.63, false)])
  func tolerance(value: Double, isAccepted: Bool) throws {
    // From 0.8 to 0.64: 20 %. 1.0 is as far on the other side.
    let comparison = try compare(
      accepted: { $0.statistics[0].value = 0.64 }, takesTolerances: true,
      found: { $0.statistics[0].value = value })
    #expect((comparison.outcome == .same) == isAccepted)
    let fewer = try compare(
      accepted: { $0.statistics[0].value = 0.64 }, takesTolerances: true,
      found: {
        $0.statistics[0].value = value
        $0.statistics[0].n = 1
      })
    #expect(fewer.outcome == .differs)
  }

  @Test("tolerances of tables and pictures come from their largest move and their changed pixels")
  func toleranceOfTables() throws {
    func sketch(_ cell: String, _ pixels: [UInt32]) -> (inout ReportSketch) -> Void {
      {
        $0.table = "run_sha256,attack_size_images,sample,seed,sharpness\nr0,0,0,1,\(cell)\nr1,50,0,1,2.5\n"
        $0.picture = Pixels(width: 2, height: 2, values: pixels)
      }
    }
    // 1.5 → 2 is a quarter of the larger one, and a pixel a quarter of the picture.
    let accepted = sketch("2", [0, 0, 0, 0])
    let within = sketch("1.2", [0, 0, 0xFFFFFF, 0xFFFFFF])
    #expect(
      try compare(accepted: accepted, takesTolerances: true, found: within).outcome == .same)
    #expect(try compare(accepted: accepted, found: within).outcome == .differs)
    let beyond = sketch("2.1", [0, 0, 0, 0])
    #expect(
      try compare(accepted: accepted, takesTolerances: true, found: beyond).outcome == .differs)
  }

  @Test("an accepted revision leaves the figure comparable, and then its numbers are judged")
  func revision() throws {
    let change: (inout ReportSketch) -> Void = {
      $0.revisions = ["training": "2"]
      $0.statistics[0].value = 0.5
    }
    let comparison = try compare(accepted: change, found: change)
    #expect(comparison.outcome == .same && comparison.incomparable.isEmpty)
    let further = try compare(
      accepted: change,
      found: {
        change(&$0)
        $0.statistics[0].value = 0.4
      })
    #expect(further.outcome == .differs && further.figures[0].statistics[0].comparison == .changed)
    let next = try compare(accepted: change, found: { $0.revisions = ["training": "3"] })
    #expect(next.outcome == .incomparable)
  }

  @Test("an entry of another profile, other data or an absent figure does not apply, and is named")
  func elsewhere() throws {
    let profile = try compare(accepted: { $0.box = "1" }, found: { $0.box = "1" })
    #expect(profile.outcome == .same)
    let pair = try SketchPair { $0.box = "1" }
    let data = try SketchPair(both: { $0.dataDigest = String(repeating: "e", count: 64) }) { $0.box = "1" }
    defer {
      pair.remove()
      data.remove()
    }
    var entry = try pair.entry()
    #expect(try data.comparison(accepted: [entry]).accepted[0].unused == "it is of other data")
    let absent = try pair.comparison(accepted: [entry], figure: "9")
    #expect(absent.accepted[0].unused == "neither report has this figure" && absent.outcome == .differs)
    entry.profile = "paper"
    let other = try pair.comparison(accepted: [entry])
    #expect(other.accepted[0].unused == "it is of the paper profile" && other.outcome == .differs)
    #expect(
      ComparisonSummary(other).text.contains("without use here: fig3.yml:5:3 (it is of the paper profile)"))
  }

  @Test("JSON has the reason beside what it accepts, and reads back")
  func document() throws {
    let comparison = try SketchPair.acceptedComparison()
    let bytes = try comparison.bytes()
    #expect(try JSONDecoder().decode(ReportComparison.self, from: bytes) == comparison)
    #expect(String(decoding: bytes, as: UTF8.self).contains("\"reason\" : \"it is meant\""))
  }
}
