/// What became of a thing that two reports have, and whether that makes the reports differ.
package struct Judgement: Codable, Equatable, Sendable {
  /// How the two stand to each other.
  package var comparison: ComparisonClass
  /// Whether this makes the reports differ.
  package var counts: Bool
  /// Why the difference is accepted; nil if it is not, and for a whole.
  package var accepted: Acceptance?

  private enum CodingKeys: String, CodingKey {
    case comparison, accepted
    case counts = "isDifference"
  }

  init(_ comparison: ComparisonClass, counts: Bool) {
    self.comparison = comparison
    self.counts = counts
  }

  static let identical = Judgement(.identical, counts: false)

  /// Of a whole: the largest class among its parts, and whether any of them counts; identical without parts.
  init(of parts: some Sequence<Judgement>) {
    self = .identical
    for part in parts {
      comparison = max(comparison, part.comparison)
      counts = counts || part.counts
    }
  }
}

/// A part of two reports with the judgement on it. In JSON the members of both stand side by side.
@dynamicMemberLookup
package struct Judged<Part: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
  /// What the two reports say.
  package var part: Part
  /// How that was judged.
  package var judgement: Judgement

  init(_ part: Part, _ judgement: Judgement) {
    self.part = part
    self.judgement = judgement
  }

  package init(from decoder: any Decoder) throws {
    part = try Part(from: decoder)
    judgement = try Judgement(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    try part.encode(to: encoder)
    try judgement.encode(to: encoder)
  }

  package subscript<Member>(dynamicMember member: KeyPath<Part, Member>) -> Member { part[keyPath: member] }

  /// How the two stand to each other.
  package var comparison: ComparisonClass { judgement.comparison }
  /// Whether this makes the reports differ.
  package var counts: Bool { judgement.counts }
  /// Why the difference is accepted; nil if it is not, and for a whole.
  package var accepted: Acceptance? { judgement.accepted }

  /// Whether this makes the reports differ, or keeps them from being compared.
  var differs: Bool { counts || comparison == .incomparable }

  /// The same part, whose difference no longer makes the reports differ.
  func accepted(by acceptance: Acceptance) -> Self {
    var judged = self
    judged.judgement.counts = false
    judged.judgement.accepted = acceptance
    return judged
  }
}
