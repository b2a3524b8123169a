import Foundation
import Specifications
import Testing

@testable import Figures

@Suite("Verdicts")
struct ClaimJudgeTests {
  private func verdict(
    _ interval: ClosedRange<Double>?, threshold: Double = 0.5, strict: Bool
  ) -> ClaimVerdict.Verdict {
    let claim = ClaimSpec(
      name: "c", statement: "", statistic: .pearson, threshold: threshold, strict: strict, rule: "")
    return ClaimJudge.verdict(claim, .measured(value: 0.5, interval: interval, pValue: 0.1))
  }

  @Test(
    "an interval above the threshold holds, one below does not, one across it is undecided",
    arguments: [true, false])
  func sides(strict: Bool) {
    #expect(verdict(0.51...0.9, strict: strict) == .holds)
    #expect(verdict(0.1...0.49, strict: strict) == .doesNotHold)
    #expect(verdict(0.49...0.51, strict: strict) == .undecided)
    #expect(verdict(-1...1, strict: strict) == .undecided)
  }

  @Test(
    "a lower end on the threshold holds only where the rule says 'at least'; an upper end on it decides nothing"
  )
  func equality() {
    #expect(verdict(0.5...0.9, strict: false) == .holds)
    #expect(verdict(0.5...0.9, strict: true) == .undecided)
    #expect(verdict(0.1...0.5, strict: false) == .undecided)
    #expect(verdict(0.1...0.5, strict: true) == .undecided)
    #expect(verdict(0.5...0.5, strict: false) == .holds)
    #expect(verdict(0.5...0.5, strict: true) == .undecided)
    #expect(verdict(0.5.nextUp...0.9, strict: true) == .holds)
    #expect(verdict(0.1...0.5.nextDown, strict: false) == .doesNotHold)
  }

  @Test("a threshold below 0 asks for a correlation below it: the mirror image of the rule")
  func mirrored() {
    #expect(verdict(-0.9 ... -0.51, threshold: -0.5, strict: true) == .holds)
    #expect(verdict(-0.49...0.9, threshold: -0.5, strict: true) == .doesNotHold)
    #expect(verdict(-0.51 ... -0.49, threshold: -0.5, strict: true) == .undecided)
    #expect(verdict(-0.9 ... -0.5, threshold: -0.5, strict: true) == .undecided)
    #expect(verdict(-0.9 ... -0.5, threshold: -0.5, strict: false) == .holds)
    #expect(verdict(0.6...0.9, threshold: -0.5, strict: true) == .doesNotHold)
  }

  @Test("without an interval, a value or a statistic nothing is judged, and the reason is told")
  func notJudged() {
    #expect(verdict(nil, strict: true) == .notJudged(reason: "the statistic has no interval"))
    let claim = SampleRecords.tight
    #expect(ClaimJudge.verdict(claim, .unmeasured(reason: "2 points")) == .notJudged(reason: "2 points"))
    #expect(ClaimJudge.verdict(claim, nil) == .notJudged(reason: "the statistic is not in this report"))
  }

  @Test(
    "the claim that a correlation breaks needs both: a difference above 0, and a flatness below the threshold"
  )
  func difference() {
    let claim = ClaimSpec(
      name: "c", statement: "", statistic: .spearmanDifference, threshold: 0.8, strict: true, rule: "")
    func verdict(_ difference: ClosedRange<Double>, _ rho: Double, _ interval: ClosedRange<Double>)
      -> ClaimVerdict.Verdict
    {
      ClaimJudge.verdict(
        claim, difference: .measured(value: 0.1, interval: difference, pValue: nil),
        flatness: .measured(value: rho, interval: interval, pValue: nil))
    }
    #expect(verdict(0.01...0.5, 0.5, 0.3...0.79) == .holds)
    // The flatness may still be as tight as 0.8.
    #expect(verdict(0.01...0.5, 0.7, 0.3...0.8) == .undecided)
    #expect(verdict(0.01...0.5, 0.9, 0.85...0.95) == .undecided)
    #expect(verdict(-0.1...0.1, 0.8, 0.7...0.9) == .doesNotHold)
    #expect(verdict(-0.1...0.1, 0.79, 0.7...0.85) == .undecided)
    // Flatness tighter than the prior: the rule names no case for it.
    #expect(verdict(-0.5...(-0.1), 0.95, 0.9...0.98) == .undecided)
    #expect(
      ClaimJudge.verdict(claim, difference: .unmeasured(reason: "no"), flatness: nil)
        == .notJudged(reason: "no"))
  }

  @Test("a rescaling may move the sharpness either way, overtraining must lower it")
  func moves() {
    func verdict(_ claim: ClaimSpec, _ move: Double, _ change: Double, allowed: Double)
      -> ClaimVerdict.Verdict
    {
      ClaimJudge.verdict(
        claim, move: .measured(value: move, interval: nil, pValue: nil),
        change: .measured(value: change, interval: nil, pValue: nil), allowed: allowed)
    }
    #expect(verdict(SampleTimelines.rescaling, -0.6, 0, allowed: 0) == .holds)
    #expect(verdict(SampleTimelines.rescaling, 0.6, 0, allowed: 0) == .holds)
    #expect(verdict(SampleTimelines.rescaling, 0.5, 0, allowed: 0) == .doesNotHold)
    #expect(verdict(SampleTimelines.rescaling, 0.6, 1, allowed: 0) == .doesNotHold)
    #expect(verdict(SampleTimelines.overtraining, 0.6, 0.01, allowed: 0.01) == .holds)
    #expect(verdict(SampleTimelines.overtraining, -0.6, 0, allowed: 0.01) == .doesNotHold)
    #expect(verdict(SampleTimelines.overtraining, 0.6, 0.011, allowed: 0.01) == .doesNotHold)
  }

  @Test("a panel of priors is judged under both likelihoods, one of flatness once, each on its own statistic")
  func panels() throws {
    let result = try SampleRecords.result(SampleRecords.six)
    #expect(result.verdicts.map(\.name) == ["tight", "tight", "flat"])
    #expect(result.verdicts.map(\.panel) == ["a", "a", "d"])
    #expect(result.verdicts.map(\.condition) == ["step likelihood", "probit likelihood", nil])
    #expect(
      result.verdicts.flatMap(\.statistics) == [
        "fig3.a.log10-prior-heaviside.generalization.pearson",
        "fig3.a.log10-prior-probit.generalization.pearson",
        "fig3.d.flatness.generalization.spearman",
      ])
    #expect(result.verdicts.map(\.threshold) == [0.9, 0.9, 0.5])
    #expect(result.verdicts.map(\.rule) == ["r ≥ 0.9", "r ≥ 0.9", "ρ > 0.5"])
    // Six points near a line; and six whose flatness says little.
    #expect(result.verdicts.map(\.verdict) == [.holds, .holds, .undecided])
    let known = Set(result.statistics.map(\.id))
    #expect(result.verdicts.allSatisfy { known.isSuperset(of: $0.statistics) })
  }

  @Test("a panel without a claim, or with one that is not among the claims, has no verdict")
  func noClaim() throws {
    let group = SampleRecords.group()
    let records = try SampleRecords.records(group, SampleRecords.six)
    let maker = FigureMaker(claims: [SampleRecords.flat], records: records, seed: 1)
    #expect(maker.make(SampleRecords.figure(group)).verdicts.map(\.name) == ["flat"])
  }

  @Test("a panel that names a likelihood is drawn, counted and judged under that one alone")
  func namedLikelihood() throws {
    let group = SampleRecords.group()
    var figure = SampleRecords.figure(group)
    figure.panels[0].content = .scatter(
      runs: "g", .init(x: .log10Prior, y: .generalization, likelihood: .probit))
    let records = try SampleRecords.records(group, SampleRecords.six)
    let result = FigureMaker(claims: [SampleRecords.tight], records: records, seed: 1).make(figure)
    #expect(result.verdicts.map(\.condition) == ["probit likelihood"])
    let id = "fig3.a.log10-prior-probit.generalization.pearson"
    #expect(result.verdicts.map(\.statistics) == [[id]])
    #expect(!result.statistics.contains { $0.id.contains("heaviside") })
    let expected = SampleRecords.six.compactMap(\.probit).map { $0 / log(10) }
    #expect(series(try plot(result, panel: 0))[0].points.map(\.x) == expected)
    #expect(result.points[0].xLabel.hasSuffix("probit likelihood"))
  }
}
