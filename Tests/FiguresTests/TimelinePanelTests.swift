import Foundation
import Planning
import Plotting
import Specifications
import Testing

@testable import Figures

@Suite("Timelines as figures")
struct TimelinePanelTests {
  private func lines(_ plot: Plot) -> [LineSeries] {
    plot.layers.compactMap { if case .line(let series) = $0 { series } else { nil } }
  }

  @Test("two lines on two axes, marked at zero error and at the rescaling, with an inset around the latter")
  func picture() throws {
    let result = try SampleTimelines.make(.timeline(SampleTimelines.result()))
    let plot = try plot(result, panel: 0)
    let (prior, sharpness) = (lines(plot)[0], lines(plot)[1])
    #expect(prior.side == .right && sharpness.side == .left)
    #expect(sharpness.points.map(\.x) == [0, 2, 4, 6, 6, 7, 8])
    #expect(sharpness.points.map(\.y) == [3, 1, 1, 0.5, 50, 70, 0.1].map { log10($0) })
    // The prior of the step likelihood is drawn; where expectation propagation failed the line is broken.
    #expect(prior.points[1].y == -50 / log(10))
    #expect(prior.points[5].y.isNaN)
    #expect(plot.references.count == 2)
    #expect(plot.references.first == .vertical(4, label: "zero error"))
    guard case .vertical(6, let label) = plot.references[1] else {
      Issue.record("no line at the rescaling: \(plot.references)")
      return
    }
    #expect(label.contains("5.9"))
    let inset = try #require(plot.insets.first)
    #expect(lines(inset)[1].points.map(\.x) == [4, 6, 6, 7, 8])
    #expect(inset.references == [.vertical(6, label: "")])
    #expect(try self.plot(result, panel: 1).insets.isEmpty)
    #expect((result.picture as? Chart)?.columns == 1)
  }

  private func plot(_ result: FigureResult, panel: Int) throws -> Plot {
    try FiguresTests.plot(result, panel: panel)
  }

  @Test("the table has one row a point, names the special ones, and leaves empty what was not measured")
  func table() throws {
    let result = try SampleTimelines.make(.timeline(SampleTimelines.result()))
    #expect(result.tables.map(\.suffix) == [""])
    let lines = try #require(result.tables.first).csv.split(separator: "\n")
    #expect(lines.count == 8)
    let header = lines[0].split(separator: ",").map(String.init)
    func column(_ name: String) throws -> [String] {
      let index = try #require(header.firstIndex(of: name), "\(name)")
      return lines.dropFirst().map {
        String($0.split(separator: ",", omittingEmptySubsequences: false)[index])
      }
    }
    #expect(
      try column("point") == ["", "", "zero-error", "before-rescaling", "after-rescaling", "", ""])
    #expect(try column("epoch") == ["0", "2", "4", "6", "6", "7", "8"])
    #expect(try column("sharpness") == ["3", "1", "1", "0.5", "50", "70", "0.1"])
    #expect(try column("log_prior_heaviside_nats") == ["-1", "-50", "-80", "-80", "-80", "", "-80"])
    #expect(try column("generalization_percent")[2] == "82.9")
    #expect(try column("function_sha256_16")[5] == "dd")
    #expect(!header.contains { $0.hasPrefix("hessian") })
  }

  @Test("the claims are judged on the points that the rules name, and say which numbers decided")
  func claims() throws {
    let result = try SampleTimelines.make(.timeline(SampleTimelines.result()))
    // At the rescaling log10(50/0.5) = 2 with the same f; before it log10(1/0.5) = 0.3 with the same f.
    #expect(result.verdicts.map(\.verdict) == [.holds, .doesNotHold])
    #expect(
      result.verdicts.map(\.statistics) == [
        ["fig5.a.rescaling-log10-sharpness-move", "fig5.a.rescaling-function-changed"],
        ["fig5.b.overtraining-log10-sharpness-fall", "fig5.b.overtraining-changed-share"],
      ])
    let values = result.statistics.map { row -> Double in
      if case .measured(let value, _, _) = row.estimate { value } else { .nan }
    }
    #expect(zip(values, [2, 0, log10(2), 0]).allSatisfy { abs($0 - $1) < 1e-12 }, "\(values)")
  }

  @Test("a function that changes at the rescaling, or on more of E than allowed, makes the claim fail")
  func claimsFail() throws {
    var changed = SampleTimelines.result()
    changed.function[4] = "ee"
    changed.values[SampleRecords.sharpness.identity] = [3, 1, 1, 0.1, 50, 70, 0.1]
    #expect(try SampleTimelines.make(.timeline(changed)).verdicts[1].verdict == .holds)
    changed.changedOnTest[3] = 1
    #expect(
      try SampleTimelines.make(.timeline(changed)).verdicts.map(\.verdict) == [.doesNotHold, .doesNotHold])
    var flat = SampleTimelines.result()
    flat.values[SampleRecords.sharpness.identity] = [3, 1, 1, 0.5, 0.6, 0.6, 0.01]
    #expect(
      try SampleTimelines.make(.timeline(flat)).verdicts.map(\.verdict) == [.doesNotHold, .doesNotHold])
  }

  @Test("a measure that must stay is judged by its own axis, one on no logarithmic axis by its ratio")
  func invariance() throws {
    func result(_ quantity: Quantity, _ statistic: ClaimSpec.Statistic, threshold: Double) throws
      -> FigureResult
    {
      let claim = ClaimSpec(
        name: "c", statement: "", statistic: statistic, threshold: threshold, strict: false, rule: "")
      return try SampleTimelines.make(
        .timeline(SampleTimelines.result()), panel: .timeline(runs: "g", .init(left: quantity)), claim: claim)
    }
    // The step's prior stays, the sharpness is a hundred times as large.
    let stays = try result(.log10Prior, .rescalingInvariance, threshold: 1e-4)
    #expect(stays.verdicts.map(\.verdict) == [.holds])
    #expect(stays.statistics.map(\.id).first == "fig5.a.rescaling-log10-prior-move")
    #expect(stays.statistics.first?.quantities == "log₁₀ P(f) (step) along one training")
    #expect(
      try result(.log10Prior, .rescaling, threshold: 0.5).verdicts.map(\.verdict) == [.doesNotHold])
    for (threshold, verdict) in [(1.99, ClaimVerdict.Verdict.doesNotHold), (2.01, .holds)] {
      let moves = try result(.log10Sharpness, .rescalingInvariance, threshold: threshold)
      #expect(moves.verdicts.map(\.verdict) == [verdict])
    }
    let accuracy = try result(.generalization, .rescalingInvariance, threshold: 0)
    #expect(accuracy.statistics.first?.estimate == .measured(value: 0, interval: nil, pValue: nil))
    var changed = SampleTimelines.result()
    changed.testAccuracy[4] = 0.083
    let claim = ClaimSpec(
      name: "c", statement: "", statistic: .rescaling, threshold: 0.5, strict: true, rule: "")
    let moved = try SampleTimelines.make(
      .timeline(changed), panel: .timeline(runs: "g", .init(left: .generalization)), claim: claim)
    guard case .measured(let move, _, _) = moved.statistics.first?.estimate else {
      Issue.record("no move: \(moved.statistics)")
      return
    }
    #expect(abs(move + 1) < 1e-12 && moved.verdicts.map(\.verdict) == [.holds])
  }

  @Test("more than three timelines stand side by side, and what failed along them is told once")
  func smallMultiples() throws {
    var course = SampleTimelines.result()
    course.failures = ["no room"]
    let group = SampleRecords.group(attackSizes: [0], measurements: [.timeline(SampleTimelines.settings)])
    var record = try SampleRecords.records(group, [SampleRecords.Found()])[0]
    record.results.measurements = [
      MeasurementSpec.timeline(SampleTimelines.settings).identity: .timeline(course)
    ]
    func figure(_ count: Int) -> FigureResult {
      var spec = SampleTimelines.figure(group)
      spec.panels = (0..<count).map {
        PanelSpec(id: "p\($0)", title: "P", .timeline(runs: "g", .init(left: .log10Sharpness)))
      }
      return FigureMaker(claims: [], records: [record], seed: 1).make(spec)
    }
    #expect((figure(3).picture as? Chart)?.columns == 1)
    #expect((figure(15).picture as? Chart)?.columns == 3)
    #expect(figure(15).notes.filter { $0.contains("no room") } == ["Along the training: no room."])
  }

  @Test(
    "without zero error, without a rescaling or without a sharpness nothing is judged, and it is told why")
  func notJudged() throws {
    var short = SampleTimelines.result()
    short.zeroErrorEpoch = nil
    short.rescalingIndex = nil
    short.changedOnTest = Array(repeating: nil, count: 7)
    let result = try SampleTimelines.make(.timeline(short))
    #expect(
      result.verdicts.map(\.verdict) == [
        .notJudged(reason: "the run ended before the rescaling"),
        .notJudged(reason: "the run did not reach zero error on S"),
      ])
    #expect(result.notes.contains { $0.contains("did not reach zero error") })
    #expect(try plot(result, panel: 0).references.isEmpty)
    var missing = SampleTimelines.result()
    missing.values[SampleRecords.sharpness.identity] = [3, 1, 1, 0.5, nil, 0.6, 2]
    guard case .notJudged = try SampleTimelines.make(.timeline(missing)).verdicts[0].verdict else {
      Issue.record("judged without the sharpness after the rescaling")
      return
    }
  }

  @Test("a course that diverged is drawn as far as it went, with its epoch in a note; a failed one says why")
  func failures() throws {
    var diverged = SampleTimelines.result()
    diverged.failures = ["the loss became NaN or infinite in epoch 9"]
    let result = try SampleTimelines.make(.timeline(diverged))
    #expect(result.notes.contains { $0.contains("NaN or infinite in epoch 9") })
    let failed = try SampleTimelines.make(.failed(reason: "no room"))
    #expect((failed.picture as? Chart)?.panels[0].content == .unavailable(reason: "no room"))
    #expect(failed.altText == "Not available: panels a, b.")
    #expect(failed.tables.isEmpty)
    #expect(!failed.verdicts.isEmpty)
    #expect(failed.verdicts.allSatisfy { $0.verdict == .notJudged(reason: "no room") })
  }

  @Test("the alternative text tells the ranges, the ends and the epochs")
  func altText() throws {
    let text = try SampleTimelines.make(.timeline(SampleTimelines.result())).altText
    for words in [
      "Panel a, Sharpness: lines against the epoch, 0 to 8", "log₁₀ sharpness from −1.00 to 1.85",
      "0.477 at first and −1.00 at the end", "zero error at epoch 4", "rescaled at epoch 6",
    ] { #expect(text.contains(words), "\(words) in: \(text)") }
  }
}
