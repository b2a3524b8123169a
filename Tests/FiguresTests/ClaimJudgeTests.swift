import Planning
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

  @Test("without an interval, a value or a statistic nothing is judged, and the reason is told")
  func notJudged() {
    #expect(verdict(nil, strict: true) == .notJudged(reason: "the statistic has no interval"))
    let claim = SampleRecords.tight
    #expect(ClaimJudge.verdict(claim, .unmeasured(reason: "2 points")) == .notJudged(reason: "2 points"))
    #expect(ClaimJudge.verdict(claim, nil) == .notJudged(reason: "the statistic is not in this report"))
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
}
