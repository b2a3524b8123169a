import Foundation
import Plotting
import RunStorage
import Specifications
import Testing

@testable import Figures

/// The paper's bound beside the measured error; |S| is 2 in these records.
@Suite("Bounds beside errors")
struct BoundPanelTests {
  private static let claim = ClaimSpec(
    name: "bound", statement: "", statistic: .boundedShare, threshold: 1, strict: false, rule: "")
  private static let marginal = MeasurementSpec.atZeroError(
    .marginalLikelihood(
      PriorSettings(kernel: .nngp, likelihood: .heaviside, weightVariance: 2, biasVariance: 1)))

  /// Two networks with errors of 20 % and 50 %, and ln P(f) of the step as given.
  private func result(_ priors: [Double]) throws -> FigureResult {
    let group = SampleRecords.group(
      attackSizes: [0, 10],
      measurements: [
        SampleRecords.prior(.heaviside), SampleRecords.prior(.probit), Self.marginal,
      ])
    var records = try SampleRecords.records(
      group,
      zip([0.8, 0.5], priors).map {
        SampleRecords.Found(testAccuracy: $0, heaviside: $1, probit: $1 - 1)
      })
    for index in records.indices {
      records[index].results.measurements[Self.marginal.identity] = .scalar(.marginalLikelihood, -0.2)
    }
    var spec = SampleRecords.figure(group)
    spec.panels = [
      PanelSpec(
        id: "a", title: "A", .scatter(runs: "g", .init(x: .testError, y: .bound, likelihood: .heaviside)),
        claim: "bound")
    ]
    return FigureMaker(claims: [Self.claim], records: records, seed: 1).make(spec)
  }

  private func percent(_ nats: Double) -> Double { 100 * (nats + log(20)) / 2 }

  @Test("a bound is drawn against the error, with the diagonal, 100 %, and the bound by P(S)")
  func picture() throws {
    let plot = try plot(result([0, -1.5]), panel: 0)
    let points = series(plot)[0].points
    #expect(points.map(\.x) == [20, 50])
    #expect(zip(points, [percent(0), percent(1.5)]).allSatisfy { abs($0.y - $1) < 1e-9 })
    guard case .line(let diagonal)? = plot.layers.first else {
      Issue.record("no diagonal in \(plot.layers)")
      return
    }
    #expect(diagonal.points == [.init(x: 20, y: 20), .init(x: 50, y: 50)])
    // 1 − exp(−(0.2 + ln 2 + 2 ln 20)/1)
    let posterior = 100 * (1 - exp(-0.2) / 800)
    try #require(plot.references.count == 2)
    #expect(plot.references[0] == .horizontal(100, label: "100 %"))
    guard case .horizontal(let value, let label) = plot.references[1] else {
      Issue.record("no line at the bound by P(S): \(plot.references)")
      return
    }
    #expect(abs(value - posterior) < 1e-9 && label.contains("99.9 %"))
  }

  @Test("the claim counts networks whose bound is at or above the error")
  func claim() throws {
    func value(_ result: FigureResult, _ name: String) throws -> Double {
      let row = try #require(result.statistics.first { $0.id == "fig3.a.test-error.bound-heaviside.\(name)" })
      guard case .measured(let value, _, _) = row.estimate else { return .nan }
      return value
    }
    let holds = try result([0, -1.5])
    #expect(holds.verdicts.map(\.verdict) == [.holds])
    #expect(holds.verdicts.map(\.statistics) == [["fig3.a.test-error.bound-heaviside.bounded-share"]])
    #expect(try value(holds, "bounded-share") == 1)
    #expect(abs(try value(holds, "bound-excess") - (percent(0.75) - 35)) < 1e-9)
    #expect(holds.altText.contains("test error"))
    for (share, verdict) in [(1.0, ClaimVerdict.Verdict.holds), (0.98, .doesNotHold)] {
      #expect(
        ClaimJudge.verdict(Self.claim, share: .measured(value: share, interval: nil, pValue: nil)) == verdict)
    }
  }
}
