import Foundation
import Planning
import Plotting
import RunStorage
import Specifications
import Testing

@testable import Figures

@Suite("Networks past zero error")
struct LaterEpochsTests {
  private static let later: [MeasurementSpec] =
    [SampleRecords.ascent, SampleRecords.priorMeasure(.heaviside)].map { .network($0, .after(epochs: 100)) }
    + [.state(epochsPast: 100)]

  private func group() -> RunGroup {
    SampleRecords.group(
      measurements: [SampleRecords.sharpness, SampleRecords.prior(.heaviside)] + Self.later)
  }

  /// The six runs, each with half the sharpness and one per cent more generalization 100 epochs later; the
  /// last one has left zero error.
  private func records() throws -> [RunRecord] {
    try SampleRecords.records(group(), SampleRecords.six).enumerated().map { index, record in
      var record = record
      var state = record.results.training
      state.testAccuracy = state.testAccuracy.map { $0 + 0.01 }
      state.epochs += 100
      if index == 5 { state.status = .notConverged }
      let sharpness = try #require(SampleRecords.six[index].sharpness) / 2
      record.results.measurements[Self.later[0].identity] = .sharpness(
        SharpnessResult(sharpness: sharpness, loss: 0.1, maximumLoss: 0.2, epochs: 100))
      record.results.measurements[Self.later[1].identity] =
        record.results.measurements[SampleRecords.prior(.heaviside).identity]
      record.results.measurements[Self.later[2].identity] = .state(state)
      return record
    }
  }

  private func figure() -> FigureSpec {
    func panel(_ id: String, _ x: Quantity, _ epochs: Int) -> PanelSpec {
      PanelSpec(
        id: id, title: id, .scatter(runs: "g", .init(x: x, y: .generalization, epochsPast: epochs)),
        claim: x == .flatness ? "breaks" : nil)
    }
    return FigureSpec(
      id: "S11", title: "T", caption: "C.", runs: ["g": group()],
      panels: [
        panel("a", .log10Prior, 0), panel("b", .log10Prior, 100), panel("c", .flatness, 0),
        panel("d", .flatness, 100),
      ], schematic: nil, settings: [], file: "figS11.yml")
  }

  private static let breaks = ClaimSpec(
    name: "breaks", statement: "Breaks.", statistic: .spearmanDifference, threshold: 0.8, strict: true,
    rule: "d")

  @Test("a panel shows the networks at its own epoch, and open those that have left zero error")
  func points() throws {
    let result = FigureMaker(claims: [], records: try records(), seed: 1).make(figure())
    let first = series(try plot(result, panel: 2))
    #expect(first.map(\.points.count) == [6])
    let second = series(try plot(result, panel: 3))
    #expect(second.map(\.points.count) == [5, 1])
    for (before, after) in zip(first[0].points, second[0].points) {
      #expect(abs(after.x - before.x - log10(2)) < 1e-12)
      #expect(abs(after.y - before.y - 1) < 1e-9)
    }
    #expect(
      result.notes.contains {
        $0.hasPrefix("100 epochs past zero error, 1 of 6 networks have left zero error")
      })
    #expect((result.picture as? Chart)?.columns == 2)
  }

  @Test("the table has every network at every epoch shown, told apart by a column")
  func table() throws {
    let result = FigureMaker(claims: [], records: try records(), seed: 1).make(figure())
    let lines = try #require(result.tables.first).csv.split(separator: "\n")
    #expect(lines.count == 13)
    let index = try #require(lines[0].split(separator: ",").firstIndex(of: "epochs_past_zero_error"))
    let epochs = lines.dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false)[index]
    }
    #expect(epochs == Array(repeating: "0", count: 6) + Array(repeating: "100", count: 6))
  }

  @Test("panels are compared with those of the same epoch alone, and the claim rests on that comparison")
  func pairs() throws {
    let result = FigureMaker(claims: [Self.breaks], records: try records(), seed: 1).make(figure())
    let differences = result.statistics.filter { $0.statistic == .spearmanDifference }
    #expect(
      differences.map(\.id)
        == ["a", "b"].map {
          "figS11.\($0).log10-prior-heaviside.generalization.spearman-difference"
        })
    #expect(differences.map(\.n) == [6, 5])
    #expect(
      result.verdicts.map(\.statistics)
        == [("a", "c"), ("b", "d")].map { prior, flatness in
          [
            "figS11.\(prior).log10-prior-heaviside.generalization.spearman-difference",
            "figS11.\(flatness).flatness.generalization.spearman",
          ]
        })
  }

  @Test("a flatness panel without a panel of the prior beside it is not judged by their difference")
  func noPrior() throws {
    var spec = figure()
    spec.panels = [spec.panels[2]]
    let result = FigureMaker(claims: [Self.breaks], records: try records(), seed: 1).make(spec)
    guard case .notJudged(let reason) = try #require(result.verdicts.first).verdict else {
      Issue.record("judged")
      return
    }
    #expect(reason.contains("no panel of the prior"))
  }

  @Test("a run that never reached zero error has no later epochs: it is open there too")
  func neverConverged() throws {
    var found = SampleRecords.six
    found[0].status = .notConverged
    let bare = try SampleRecords.records(group(), found)
    let row = RunRow(record: bare[0], group: group(), epochsPast: 100)
    #expect(row.status == .notConverged && row.sharpness == nil && row.epochsPast == 100)
    #expect(row.generalization == nil && row.lossOnTrain == nil)
    // A run at zero error without a state past it has diverged in between.
    #expect(RunRow(record: bare[1], group: group(), epochsPast: 100).status == .failed)
  }
}
