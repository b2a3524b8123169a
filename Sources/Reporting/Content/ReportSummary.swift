import Figures
import Specifications

/// What a report comes to, in two sentences made from its verdicts.
struct ReportSummary {
  /// How the judgements came out; nil without any.
  let verdicts: String?
  /// Under how many optimisers the correlations held; nil where the report compares none.
  let optimisers: String?
  /// What the second sentence is about, and by which rule: small print. nil where that sentence has no numbers.
  let optimisersNote: String?

  init(_ content: ReportContent) {
    // At other sizes than the paper's, and of a part of the runs, the verdicts may be others.
    let size =
      content.profile.name == Profile.paper.rawValue
      ? [] : ["at the size of the \(content.profile.name) profile"]
    let start = (size + (content.inputs.isUnfinished ? ["so far"] : [])).joined(separator: " ")
    func sentence(_ text: String) -> String {
      let whole = start.isEmpty ? text : "\(start), \(text)"
      return whole.prefix(1).uppercased() + whole.dropFirst()
    }
    verdicts = Self.tally(of: content.countedClaims).map(sentence)
    let found = content.optimisers
    let outcomes = [found?.optimisers.map(\.prior) ?? [], found?.optimisers.map(\.flatness) ?? []]
    guard let found, outcomes.joined().contains(where: { $0 != .notJudged }) else {
      (optimisers, optimisersNote) = (nil, nil)
      return
    }
    let isDecided = outcomes.joined().contains { $0 == .held || $0 == .broke }
    let isSmall = content.profile.name != Profile.paper.rawValue && !content.inputs.isUnfinished
    guard content.profile.name != Profile.smoke.rawValue, isDecided || !isSmall else {
      optimisers =
        "The \(content.profile.name) profile is too small to say under which optimisers the correlations with generalization hold."
      optimisersNote = nil
      return
    }
    let all = found.optimisers.count
    let open = outcomes.map(Self.open)
    let held = outcomes.map { $0.count(of: .held) }
    optimisers = sentence(
      "the prior’s correlation with generalization held under \(held[0]) of \(all) optimisers\(open[0]), that of flatness under \(held[1]) of \(all)\(open[1])."
    )
    optimisersNote =
      "\(found.system): \(found.optimisers.map(\.name).joined(separator: ", ")). By the verdicts below: a correlation held where the claim that it is there holds, or the claim that it breaks does not. Of several likelihoods the first counts."
  }

  /// Such as " (undecided under 3)"; empty where all are decided.
  private static func open(_ outcomes: [OptimiserVerdicts.Outcome]) -> String {
    let counts = [("undecided", OptimiserVerdicts.Outcome.undecided), ("not judged", .notJudged)].map {
      (words: $0.0, count: outcomes.count(of: $0.1))
    }
    let parts = counts.filter { $0.count > 0 }.map { "\($0.words) under \($0.count)" }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }

  /// Such as "41 of 52 judgements hold, 3 do not, 8 are undecided (12 more are not judged: still running).".
  private static func tally(of claims: [ClaimVerdict]) -> String? {
    guard !claims.isEmpty else { return nil }
    let verdicts = claims.map(\.verdict)
    let (holds, fails, open) = (
      verdicts.count(of: .holds), verdicts.count(of: .doesNotHold), verdicts.count(of: .undecided)
    )
    let judged = holds + fails + open
    let reasons = verdicts.compactMap(\.reason)
    guard judged > 0 else { return "no judgement could be made: \(reason(reasons))." }
    var parts: [String]
    if judged == 1 {
      parts = ["the one judgement \(holds == 1 ? "holds" : fails == 1 ? "does not hold" : "is undecided")"]
    } else if [holds, fails, open].contains(judged) {
      parts = [
        "all \(judged) judgements \(holds > 0 ? "hold" : fails > 0 ? "do not hold" : "are undecided")"
      ]
    } else {
      parts = ["\(holds == 0 ? "none" : "\(holds)") of \(judged) judgements hold\(holds > 1 ? "" : "s")"]
      if fails > 0 { parts.append("\(fails) \(fails == 1 ? "does" : "do") not") }
      if open > 0 { parts.append("\(open) \(open == 1 ? "is" : "are") undecided") }
    }
    let rest =
      reasons.isEmpty
      ? "" : " (\(reasons.count) more \(reasons.count == 1 ? "is" : "are") not judged: \(reason(reasons)))"
    return parts.joined(separator: ", ") + rest + "."
  }

  /// The reason that all have in common, if it is short enough for a sentence.
  private static func reason(_ reasons: [String]) -> String {
    guard let first = reasons.first, first.count <= 90, reasons.allSatisfy({ $0 == first }) else {
      return "the reasons stand beside them"
    }
    return first.withoutFinalStop
  }
}

extension Array where Element: Equatable {
  fileprivate func count(of element: Element) -> Int { count { $0 == element } }
}
