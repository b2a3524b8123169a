import Figures

/// How many judgements came out one way.
struct VerdictCountView {
  let verdict: VerdictView
  let count: Int

  /// In a fixed order, without those that never occur.
  static func counts(of claims: [ClaimVerdict]) -> [VerdictCountView] {
    let order: [ClaimVerdict.Verdict] = [.holds, .doesNotHold, .undecided, .notJudged(reason: "")]
    return order.compactMap { verdict in
      let count = claims.count { $0.verdict.name == verdict.name }
      return count == 0 ? nil : VerdictCountView(verdict: VerdictView(verdict), count: count)
    }
  }
}

/// A verdict as an icon and a word; colour only repeats them.
struct VerdictView {
  let verdictName: String
  let words: String
  let isHolds: Bool
  let isDoesNotHold: Bool
  let isUndecided: Bool
  let isNotJudged: Bool

  init(_ verdict: ClaimVerdict.Verdict) {
    verdictName = verdict.name.rawValue
    words = verdict.words
    isHolds = verdict == .holds
    isDoesNotHold = verdict == .doesNotHold
    isUndecided = verdict == .undecided
    isNotJudged = verdict.reason != nil
  }
}
