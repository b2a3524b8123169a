import Specifications
import Testing

@testable import Figures

@Suite("Verdicts compared")
struct VerdictComparerTests {
  private let claim = ClaimSpec(
    name: "same", statement: "The same.", paper: "As in Figure 3 (Section 2).", statistic: .differingVerdicts,
    threshold: 0, strict: false,
    rule: "R")

  @Test("equal verdicts hold, different ones do not, and one that is neither leaves it undecided")
  func rule() {
    func verdict(_ pairs: [(ClaimVerdict.Verdict?, ClaimVerdict.Verdict?)]) -> ClaimVerdict.Verdict {
      VerdictComparer.judged(claim, pairs.map { (own: $0.0, other: $0.1) })
    }
    #expect(verdict([(.holds, .holds), (.doesNotHold, .doesNotHold)]) == .holds)
    #expect(verdict([(.holds, .holds), (.holds, .doesNotHold)]) == .doesNotHold)
    #expect(verdict([(.doesNotHold, .holds), (.holds, .doesNotHold)]) == .doesNotHold)
    #expect(verdict([(.holds, .holds), (.undecided, .undecided)]) == .undecided)
    #expect(verdict([(.holds, .doesNotHold), (.holds, .notJudged(reason: "r"))]) == .undecided)
    #expect(verdict([(.holds, nil)]) == .undecided)
  }

  /// Figure 3 and a figure like it whose accuracies are `other`.
  private func results(_ other: [SampleRecords.Found], withFirst: Bool = true) throws -> [FigureResult] {
    let group = SampleRecords.group()
    var second = group
    second.dataset.train = 3
    var figure = SampleRecords.figure(second)
    figure.id = "S19"
    figure.comparison = VerdictComparison(
      claim: "same", figure: "3", panels: [.init(own: "a", other: "a"), .init(own: "d", other: "d")])
    let records =
      try SampleRecords.records(group, SampleRecords.six) + SampleRecords.records(second, other)
    let maker = FigureMaker(
      claims: [SampleRecords.tight, SampleRecords.flat, claim], records: records, seed: 1)
    return try maker.make(withFirst ? [SampleRecords.figure(group), figure] : [figure])
  }

  @Test("the figure's own claim comes after those of its panels, with the statistics of both figures")
  func placed() throws {
    let results = try results(SampleRecords.six)
    #expect(results[0].verdicts.allSatisfy { $0.name != "same" })
    let verdict = try #require(results[1].verdicts.last)
    #expect(verdict.name == "same" && verdict.figure == "S19" && verdict.panel == nil)
    #expect(verdict.condition == "against Figure 3")
    // What the paper says goes with its claim, and what it finds with the panel.
    #expect(verdict.paperSays == "As in Figure 3 (Section 2)." && verdict.paperResult == nil)
    let tight = try #require(results[0].verdicts.first)
    #expect(tight.paperSays == "So it is (Section 1)." && tight.paperResult == "very tight")
    #expect(results[0].verdicts.last?.paperSays == nil && results[0].verdicts.last?.paperResult == nil)
    // Six networks leave the sign of flatness open, in both figures alike.
    #expect(results[0].verdicts.first { $0.panel == "d" }?.verdict == .undecided)
    #expect(verdict.verdict == .undecided)
    let identifiers = Set(results.flatMap(\.statistics).map(\.id))
    #expect(verdict.statistics.count == 4 && identifiers.isSuperset(of: verdict.statistics))
  }

  @Test("without the other figure in the report there is nothing to compare with")
  func alone() throws {
    let verdict = try #require(results(SampleRecords.six, withFirst: false).last?.verdicts.last)
    #expect(verdict.verdict == .notJudged(reason: "Figure 3 is not in this report"))
  }
}
