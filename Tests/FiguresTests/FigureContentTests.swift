import Foundation
import Planning
import Plotting
import RunStorage
import SpecReading
import Specifications
import Testing

@testable import Figures

@Suite("What a figure shows and says")
struct FigureContentTests {
  private typealias Found = SampleRecords.Found

  @Test(
    "the picture has the points in order, coloured by |A|, the statistics in words, and a reason for what is missing"
  )
  func picture() throws {
    let result = try SampleRecords.result(SampleRecords.six)
    let chart = try #require(result.picture as? Chart)
    #expect(chart.panels.map(\.letter) == ["(a)", "(b)", "(d)"])
    #expect(chart.panels[0].title == "FCN &amp; MNIST")
    #expect(chart.panels[1].content == .unavailable(reason: "not &lt;yet&gt;"))
    #expect(chart.colourBar?.range == 0...50)
    let plot = try plot(result, panel: 0)
    let points = try #require(series(plot).first).points
    #expect(points.map(\.value) == [0, 10, 20, 30, 40, 50])
    #expect(points.map(\.y) == SampleRecords.six.map { 100 * $0.testAccuracy })
    #expect(points.map(\.x) == SampleRecords.six.compactMap(\.heaviside).map { $0 / log(10) })
    let lines = try #require(plot.text).lines
    #expect(lines[0].hasPrefix("<i>r</i> = 0.999 [0."))
    #expect(lines[1].hasPrefix("<i>ρ</i> = 1"))
    #expect(lines[2] == "<i>n</i> = 6")
  }

  @Test("a panel of priors under one likelihood alone is drawn with that one")
  func probitOnly() throws {
    let group = SampleRecords.group(measurements: [SampleRecords.sharpness, SampleRecords.prior(.probit)])
    let records = try SampleRecords.records(group, SampleRecords.six)
    let result = FigureMaker(claims: [SampleRecords.tight], records: records, seed: 1).make(
      SampleRecords.figure(group))
    let points = try #require(series(try plot(result, panel: 0)).first).points
    #expect(points.map(\.x) == SampleRecords.six.compactMap(\.probit).map { $0 / log(10) })
    #expect(!result.statistics.contains { $0.id.contains("heaviside") })
    #expect(result.verdicts.count == 1)
    #expect(result.verdicts.first?.condition == nil)
  }

  @Test("a figure says how many networks were trained in another precision than Float32, in note and table")
  func precision() throws {
    #expect(try !SampleRecords.result(SampleRecords.six).notes.contains { $0.contains("Float32") })
    var group = SampleRecords.group()
    group.optimiser.precision = .tf32
    let records = try SampleRecords.records(group, SampleRecords.six)
    let result = FigureMaker(claims: [SampleRecords.tight, SampleRecords.flat], records: records, seed: 1)
      .make(SampleRecords.figure(group))
    #expect(result.notes.contains { $0.hasPrefix("6 of 6 networks were trained in TF32; ") })
    #expect(result.tables[0].csv.contains(",sgd-tf32,"))
    #expect(result.points[0].points.map(\.label).first == "SGD in TF32, |A| = 0, sample 0")
  }

  @Test("the alternative text tells ranges, numbers of points, r and ρ, from the data")
  func altText() throws {
    let text = try SampleRecords.result(SampleRecords.six).altText
    for words in [
      "Panel a", "Panel d", "6 networks", "log₁₀ P(f) (step) from −347 to −165",
      "generalization (%) from 53.0 to 86.0",
      "flatness (−log₁₀ sharpness) from −0.954 to −0.176", "Pearson r 0.999", "Not available: panel b.",
      "Spearman ρ 1.0",
    ] {
      #expect(text.contains(words), "\(words) in: \(text)")
    }
    var others = SampleRecords.six
    others[0].testAccuracy = 0.99
    #expect(try SampleRecords.result(others).altText.contains("to 99.0"))
  }

  @Test(
    "a trace is drawn, tabled and told from its steps; the step at which it settles is within a thousandth of the rise"
  )
  func trace() throws {
    let group = SampleRecords.group(attackSizes: [0], measurements: [SampleRecords.trace])
    let trace = [0.1, 0.15, 0.19, 0.19985, 0.19995, 0.2, 0.2]
    let spec = FigureSpec(
      id: "S5", title: "T", caption: "C.", runs: ["g": group],
      panels: [PanelSpec(id: "a", title: "FCN on MNIST", .sharpnessTrace(runs: "g"))], schematic: nil,
      settings: [], file: "figS5.yml")
    let records = try SampleRecords.records(group, [Found(sharpness: 9, trace: trace)])
    let result = FigureMaker(claims: [], records: records, seed: 1).make(spec)
    let lines = try #require(result.tables.first).csv.split(separator: "\n")
    #expect(lines.first == "ascent_step,largest_loss_so_far_nats")
    #expect(lines.dropFirst().map(String.init) == trace.enumerated().map { "\($0.offset),\($0.element)" })
    // The whole rise is 0.1, and 0.2 − 0.19995 = 5e-5 the first distance below a thousandth of it.
    #expect(
      result.notes == ["The maximum has risen to within a thousandth of its whole rise by step 4 of 6."])
    #expect(result.altText.contains("rising from 0.1000 to 0.2000 nats over 6 steps, settled by step 4"))
    guard case .line(let line) = try plot(result, panel: 0).layers.first else {
      Issue.record("no line")
      return
    }
    #expect(line.points.map(\.y) == trace)
    #expect(line.points.map(\.x) == (0...6).map(Double.init))

    let without = FigureMaker(claims: [], records: try SampleRecords.records(group, [Found()]), seed: 1).make(
      spec)
    #expect(
      without.altText == "Not available: panel a.")
    #expect(
      (without.picture as? Chart)?.panels.first?.content
        == .unavailable(reason: "the run has no sharpness trace"))
  }

  @Test(
    "the figures of the repository share no identifier, and every claim rests on a statistic that is there")
  func identifiers() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("figures").path
    let library = try SpecLibrary(folder: folder)
    let figures = library.figures(profile: .smoke)
    let runs = Plan(figures: figures, seed: 1).runs.map(\.training)
    let records = try runs.map { try SampleRecords.record($0, SampleRecords.six[$0.sample % 6]) }
    let maker = FigureMaker(claims: library.claims, records: records, seed: 1)
    let results = try maker.make(figures)
    let identifiers = results.flatMap(\.statistics).map(\.id)
    #expect(!identifiers.isEmpty)
    #expect(Set(identifiers).count == identifiers.count)
    let verdicts = results.flatMap(\.verdicts)
    #expect(Set(verdicts.map(\.name)) == Set(library.claims.map(\.name)))
    // The records here have no timelines, which some claims need.
    let courses = library.claims.filter { [.rescaling, .overtraining].contains($0.statistic) }.map(\.name)
    #expect(
      verdicts.filter { courses.contains($0.name) }.allSatisfy {
        if case .notJudged = $0.verdict { true } else { false }
      })
    let named = figures.flatMap { $0.panels.compactMap(\.claim) + [$0.comparison?.claim].compactMap { $0 } }
    #expect(Set(named) == Set(library.claims.map(\.name)))
    #expect(verdicts.allSatisfy { Set(identifiers).isSuperset(of: $0.statistics) })
    #expect(results.allSatisfy { !$0.altText.isEmpty })
  }

  @Test("a drawn figure has its caption as text and no data")
  func schematic() {
    for schematic in FigureSpec.Schematic.allCases {
      let spec = FigureSpec(
        id: "1", title: "T", caption: "A caption.", runs: [:], panels: [], schematic: schematic, settings: [],
        file: "fig1.yml")
      let result = FigureMaker(claims: [], records: [], seed: 1).make(spec)
      #expect(result.altText.contains("A caption."))
      #expect(result.tables.isEmpty)
      #expect(result.statistics.isEmpty && result.verdicts.isEmpty && result.records.isEmpty)
    }
  }
}
