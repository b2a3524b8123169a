/// What became of a claim, under the name that programs read; ``words`` are those that people read.
package enum VerdictName: String, Sendable, CaseIterable {
  case holds
  case doesNotHold = "does-not-hold"
  case undecided
  /// The data that the rule needs were not there.
  case notJudged = "not-judged"

  /// The words for a verdict in a document, such as "does not hold"; its name where only the writing version knows it.
  package static func words(of name: String) -> String { Self(rawValue: name)?.words.lowercased() ?? name }

  /// Such as "Does not hold".
  package var words: String {
    switch self {
    case .holds: "Holds"
    case .doesNotHold: "Does not hold"
    case .undecided: "Undecided"
    case .notJudged: "Not judged"
    }
  }
}
