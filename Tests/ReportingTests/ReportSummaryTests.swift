import Figures
import Specifications
import Testing

@testable import Reporting

@Suite("What a report comes to, in two sentences")
struct ReportSummaryTests {
  /// The summary of a report with these verdicts, at the paper's size.
  private func summary(
    _ verdicts: [ClaimVerdict.Verdict], profile: String = "paper", isUnfinished: Bool = false,
    _ outcomes: [(prior: OptimiserVerdicts.Outcome, flatness: OptimiserVerdicts.Outcome)] = []
  ) -> ReportSummary {
    var content = SampleReport.content
    content.profile.name = profile
    content.claims = verdicts.map {
      ClaimVerdict(name: "c", statement: "S.", rule: "R", figure: "fig3", statistics: [], verdict: $0)
    }
    content.optimisers =
      outcomes.isEmpty
      ? nil
      : OptimiserVerdicts(
        system: "FCN on MNIST",
        optimisers: outcomes.enumerated().map {
          .init(name: "O\($0)", prior: $1.prior, flatness: $1.flatness)
        })
    if isUnfinished { content.inputs.decisions = [DataDecision(figure: "4", group: "g", outcome: .running)] }
    return ReportSummary(content)
  }

  private func verdicts(
    _ holds: Int, _ fails: Int, _ open: Int, notJudged reasons: [String] = []
  ) -> [ClaimVerdict.Verdict] {
    [ClaimVerdict.Verdict](repeating: .holds, count: holds)
      + [ClaimVerdict.Verdict](repeating: .doesNotHold, count: fails)
      + [ClaimVerdict.Verdict](repeating: .undecided, count: open)
      + reasons.map { .notJudged(reason: $0) }
  }

  @Test(
    "the judgements are counted, in words that fit none, one and many",
    arguments: [
      (41, 3, 8, "41 of 52 judgements hold, 3 do not, 8 are undecided."),
      (2, 1, 0, "2 of 3 judgements hold, 1 does not."), (1, 0, 1, "1 of 2 judgements holds, 1 is undecided."),
      (0, 2, 1, "None of 3 judgements holds, 2 do not, 1 is undecided."),
      (4, 0, 0, "All 4 judgements hold."), (0, 2, 0, "All 2 judgements do not hold."),
      (0, 0, 3, "All 3 judgements are undecided."), (1, 0, 0, "The one judgement holds."),
      (0, 1, 0, "The one judgement does not hold."), (0, 0, 1, "The one judgement is undecided."),
    ])
  func counts(holds: Int, fails: Int, open: Int, sentence: String) {
    #expect(summary(verdicts(holds, fails, open)).verdicts == sentence)
  }

  @Test("a judgement that two figures make on the same networks is counted once")
  func repeats() throws {
    var content = SampleReport.content
    let section = try #require(content.sections.firstIndex { !$0.statistics.isEmpty })
    var row = content.sections[section].statistics[0]
    func verdict(_ figure: String, on id: String, condition: String? = nil) -> ClaimVerdict {
      ClaimVerdict(
        name: "c", statement: "S.", rule: "R", figure: figure, condition: condition, statistics: [id],
        verdict: .holds)
    }
    let first = verdict("fig3", on: row.id)
    row.id = "figV1.again"
    content.sections[section].statistics.append(row)
    row.id = "figV1.other"
    row.n += 1
    content.sections[section].statistics.append(row)
    content.claims = [
      first, verdict("figV1", on: "figV1.again"), verdict("figV1", on: "figV1.other"),
      verdict("figV1", on: "figV1.again", condition: "probit likelihood"),
    ]
    #expect(content.countedClaims == [content.claims[0], content.claims[2], content.claims[3]])
    #expect(ReportSummary(content).verdicts?.hasSuffix("ll 3 judgements hold.") == true)
    // Another claim on the same numbers is another judgement, and so is one that was not made.
    content.claims[1].name = "d"
    #expect(content.countedClaims == content.claims)
    content.claims[1] = first
    content.claims[1].verdict = .notJudged(reason: "few points")
    content.claims[0].verdict = .notJudged(reason: "few points")
    #expect(content.countedClaims == content.claims)
  }

  @Test("what is not judged is counted apart, with the reason where it is one")
  func notJudged() {
    #expect(summary([]).verdicts == nil)
    #expect(
      summary(verdicts(2, 0, 0, notJudged: ["2 points."])).verdicts
        == "All 2 judgements hold (1 more is not judged: 2 points).")
    #expect(
      summary(verdicts(1, 1, 0, notJudged: ["2 points", "1 point"])).verdicts
        == "1 of 2 judgements holds, 1 does not (2 more are not judged: the reasons stand beside them).")
    #expect(
      summary(verdicts(0, 0, 0, notJudged: ["2 points", "2 points"])).verdicts
        == "No judgement could be made: 2 points.")
  }

  @Test("a smaller profile and an unfinished report are said to be such")
  func sizes() {
    #expect(
      summary(verdicts(4, 0, 0), profile: "quick").verdicts
        == "At the size of the quick profile, all 4 judgements hold.")
    #expect(
      summary(verdicts(1, 0, 0, notJudged: ["still running"]), isUnfinished: true).verdicts
        == "So far, the one judgement holds (1 more is not judged: still running).")
    let both = summary(
      verdicts(4, 0, 0), profile: "quick", isUnfinished: true, [(.held, .broke), (.held, .held)])
    #expect(both.verdicts == "At the size of the quick profile so far, all 4 judgements hold.")
    #expect(
      both.optimisers
        == "At the size of the quick profile so far, the prior’s correlation with generalization held under 2 of 2 optimisers, that of flatness under 1 of 2."
    )
  }

  @Test("the optimisers are counted under which each correlation held, and those that leave it open")
  func optimisers() {
    let found = summary([], [(.held, .broke), (.held, .undecided), (.undecided, .notJudged)])
    #expect(
      found.optimisers
        == "The prior’s correlation with generalization held under 2 of 3 optimisers (undecided under 1), that of flatness under 0 of 3 (undecided under 1, not judged under 1)."
    )
    #expect(found.optimisersNote?.hasPrefix("FCN on MNIST: O0, O1, O2. By the verdicts below:") == true)
    #expect(summary(verdicts(1, 0, 0)).optimisers == nil)
  }

  @Test("a profile that is too small to decide anything says so, and without verdicts nothing is said")
  func small() {
    let words =
      "profile is too small to say under which optimisers the correlations with generalization hold."
    // Whatever came out: the numbers of the smoke profile mean little.
    let smoke = summary([], profile: "smoke", [(.held, .held), (.held, .held)])
    #expect(smoke.optimisers == "The smoke " + words && smoke.optimisersNote == nil)
    let quick = summary([], profile: "quick", [(.undecided, .undecided), (.notJudged, .undecided)])
    #expect(quick.optimisers == "The quick " + words && quick.optimisersNote == nil)
    #expect(summary([], [(.notJudged, .notJudged), (.notJudged, .notJudged)]).optimisers == nil)
  }
}
