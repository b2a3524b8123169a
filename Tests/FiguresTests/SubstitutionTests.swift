import Plotting
import Specifications
import Testing

@testable import Figures

@Suite("Figures on other images than their specs name")
struct SubstitutionTests {
  private func result(_ source: DatasetSpec.Source, _ words: String) throws -> FigureResult {
    var group = SampleRecords.group()
    group.dataset.source = source
    group.substitution = DataSubstitution(words: words, reason: "none were found")
    let records = try SampleRecords.records(group, SampleRecords.six)
    return FigureMaker(claims: [SampleRecords.tight, SampleRecords.flat], records: records, seed: 1)
      .make(SampleRecords.figure(group))
  }

  @Test("no claim is judged on stand-in images, and every judgement and every row of the table names them")
  func standIn() throws {
    let words = "stand-in images, not CIFAR-10"
    let result = try result(.images(.drawnShapes, .automobileVersusCat), words)
    #expect(!result.verdicts.isEmpty)
    for verdict in result.verdicts {
      #expect(verdict.verdict == .notJudged(reason: words))
      #expect(verdict.condition?.contains(words) == true)
    }
    let rows = try #require(result.tables.first).csv.split(separator: "\n")
    #expect(rows[0].contains("data_note"))
    #expect(rows.dropFirst().allSatisfy { $0.contains("\"\(words)\"") })
    // The statistics themselves are there: they describe what is drawn.
    #expect(result.statistics.contains { if case .measured = $0.estimate { true } else { false } })
  }

  @Test("on another data set of photographs claims are judged, and say on which")
  func fashion() throws {
    let result = try result(
      .images(.fashionMNIST, .classes0to4Versus5to9), "Fashion-MNIST in place of MNIST")
    let tight = result.verdicts.filter { $0.name == "tight" }
    #expect(tight.map(\.verdict) == [.holds, .holds])
    #expect(tight.first?.condition == "step likelihood, Fashion-MNIST in place of MNIST")
  }

  @Test("without a substitution the table has no such column")
  func none() throws {
    let table = try #require(SampleRecords.result(SampleRecords.six).tables.first)
    #expect(!table.csv.contains("data_note"))
  }

  @Test("a claim on a panel that is not available is not judged, for the panel's reason")
  func unavailable() throws {
    let group = SampleRecords.group()
    let figure = SampleRecords.figure(group).withoutRuns("g", reason: "no images")
    let result = FigureMaker(claims: [SampleRecords.tight, SampleRecords.flat], records: [], seed: 1).make(
      figure)
    #expect(result.verdicts.map(\.name) == ["tight", "flat"])
    #expect(result.verdicts.allSatisfy { $0.verdict == .notJudged(reason: "no images") })
  }

  @Test(
    "panels whose runs are not stored are named and not drawn, and their claims are listed, where others are drawn"
  )
  func unfinished() throws {
    let group = SampleRecords.group()
    var figure = SampleRecords.figure(group)
    figure.runs["h"] = group
    figure.panels[1] = PanelSpec(
      id: "b", title: "B", .scatter(runs: "h", .init(x: .flatness, y: .generalization)), claim: "flat")
    let decision = { DataDecision(figure: figure.id, group: $0, outcome: .unfinished) }
    let one = figure.applying([decision("h")])
    #expect(one.leftOut.map(\.id) == ["b"] && !one.panels.contains { $0.id == "b" })
    let records = try SampleRecords.records(group, SampleRecords.six)
    let result = FigureMaker(claims: [SampleRecords.flat], records: records, seed: 1).make(one)
    #expect(
      result.verdicts.contains {
        $0.panel == "b" && $0.verdict == .notJudged(reason: "not all runs are stored")
      })
    // Without any other panel they are drawn, as what they are.
    let none = figure.applying([decision("h"), decision("g")])
    #expect(none.leftOut.isEmpty && none.panels.allSatisfy { $0.reason == "not all runs are stored" })
  }

  @Test("where panels have attack sets of other sizes, colours show each one's share of its panel's largest")
  func shares() throws {
    let small = SampleRecords.group()
    let large = SampleRecords.group(attackSizes: [0, 100, 200, 300, 400, 500])
    var figure = SampleRecords.figure(small)
    figure.runs["h"] = large
    figure.panels[1] = PanelSpec(
      id: "b", title: "More", .scatter(runs: "h", .init(x: .log10Prior, y: .generalization)))
    let records =
      try SampleRecords.records(small, SampleRecords.six) + SampleRecords.records(large, SampleRecords.six)
    let result = FigureMaker(claims: [], records: records, seed: 1).make(figure)
    for panel in 0..<3 {
      #expect(
        series(try plot(result, panel: panel)).flatMap(\.points).map(\.value) == [0, 20, 40, 60, 80, 100])
    }
    let alone = try plot(SampleRecords.result(SampleRecords.six), panel: 0)
    #expect(series(alone).flatMap(\.points).map(\.value) == [0, 10, 20, 30, 40, 50])
  }
}
