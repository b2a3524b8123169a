import Specifications

/// Why a difference is accepted: what an entry of `figures/accepted/` says of itself.
package struct Acceptance: Codable, Equatable, Hashable, Sendable {
  /// Why, in the words of whoever accepted it.
  package var reason: String
  /// Who accepted it.
  package var who: String
  /// When, such as `2026-11-29`.
  package var date: String
  /// The entry's place, such as `fig3.yml:4:5`.
  package var entry: String

  init(_ entry: AcceptedEntry) {
    reason = entry.reason
    who = entry.who
    date = entry.date
    self.entry = entry.place
  }

  /// Such as "the box is that of the paper (A. Author, 2026-11-29)".
  var words: String { "\(reason) (\(who), \(date))" }
}

/// An entry of `figures/accepted/`, and what it had to do with the two reports.
package struct AcceptedUse: Codable, Equatable, Sendable {
  /// The figure, such as `fig3`.
  package var figure: String
  /// The entry.
  package var acceptance: Acceptance
  /// How many differences it accepts here.
  package var accepted: Int
  /// What it names and did not find as it says: another value on a side, or no difference.
  package var unmet: [String]
  /// Why it does not apply to these reports at all; nil if it does.
  package var unused: String?
}
