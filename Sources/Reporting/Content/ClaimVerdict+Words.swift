import Figures

extension ClaimVerdict.Verdict {
  /// The name that programs read.
  var name: String {
    switch self {
    case .holds: "holds"
    case .doesNotHold: "does-not-hold"
    case .undecided: "undecided"
    case .notJudged: "not-judged"
    }
  }

  /// The words that people read.
  package var words: String {
    switch self {
    case .holds: "Holds"
    case .doesNotHold: "Does not hold"
    case .undecided: "Undecided"
    case .notJudged: "Not judged"
    }
  }

  /// Why a claim was not judged.
  var reason: String? {
    if case .notJudged(let reason) = self { reason } else { nil }
  }
}
