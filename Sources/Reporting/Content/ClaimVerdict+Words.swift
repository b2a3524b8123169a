import Figures
import ReportDocuments

extension ClaimVerdict.Verdict {
  /// The name that programs read.
  var name: VerdictName {
    switch self {
    case .holds: .holds
    case .doesNotHold: .doesNotHold
    case .undecided: .undecided
    case .notJudged: .notJudged
    }
  }

  /// The words that people read.
  package var words: String { name.words }

  /// Why a claim was not judged.
  var reason: String? {
    if case .notJudged(let reason) = self { reason } else { nil }
  }
}
