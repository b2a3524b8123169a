/// A named value of both reports: a setting, a digest, a verdict, a fact.
package struct ValueComparison: Codable, Equatable, Sendable {
  /// What it is called.
  package var name: String
  /// In the first report; nil where that has none.
  package var before: String?
  /// In the second report; nil where that has none.
  package var after: String?
  /// How they stand to each other.
  package var comparison: ComparisonClass
  /// Whether this makes the reports differ.
  package var isDifference: Bool

  /// Compares two values by `isSame`; `counts` says whether a difference makes the reports differ.
  init(
    _ name: String, _ before: String?, _ after: String?, counts: Bool,
    isSame: (String, String) -> Bool = { $0 == $1 }
  ) {
    self.name = name
    self.before = before
    self.after = after
    comparison =
      switch (before, after) {
      case (nil, nil): .identical
      case (nil, _): .added
      case (_, nil): .removed
      case (let before?, let after?): isSame(before, after) ? .identical : .changed
      }
    isDifference = counts && comparison != .identical
  }

  /// Compares named values, those of `before` in their order and then those that only `after` has.
  static func all(
    _ before: [(name: String, value: String)], _ after: [(name: String, value: String)], counts: Bool,
    isSame: (String, String) -> Bool = { $0 == $1 }
  ) -> [ValueComparison] {
    let new = Dictionary(after.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    let known = Set(before.map(\.name))
    return before.map { ValueComparison($0.name, $0.value, new[$0.name], counts: counts, isSame: isSame) }
      + after.filter { !known.contains($0.name) }.map {
        ValueComparison($0.name, nil, $0.value, counts: counts)
      }
  }
}
