/// A named value of both reports: a setting, a digest, a verdict, a fact.
package struct ValueComparison: Codable, Equatable, Sendable {
  /// What it is called.
  package var name: String
  /// In the first report; nil if that has none.
  package var before: String?
  /// In the second report; nil if that has none.
  package var after: String?
}

extension Judged<ValueComparison> {
  /// Compares two values by `isSame`; `counts` says whether a difference makes the reports differ.
  init(
    _ name: String, _ before: String?, _ after: String?, counts: Bool,
    isSame: (String, String) -> Bool = { $0 == $1 }
  ) {
    let comparison: ComparisonClass =
      switch (before, after) {
      case (nil, nil): .identical
      case (nil, _): .added
      case (_, nil): .removed
      case (let before?, let after?): isSame(before, after) ? .identical : .changed
      }
    self.init(
      ValueComparison(name: name, before: before, after: after),
      Judgement(comparison, counts: counts && comparison != .identical))
  }
}

extension [Judged<ValueComparison>] {
  /// Compares named values, those of `before` in their order and then those that only `after` has.
  init(
    _ before: [(name: String, value: String)], _ after: [(name: String, value: String)], counts: Bool,
    isSame: (String, String) -> Bool = { $0 == $1 }
  ) {
    let new = Dictionary(after.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    let known = Set(before.map(\.name))
    self =
      before.map { Judged($0.name, $0.value, new[$0.name], counts: counts, isSame: isSame) }
      + after.filter { !known.contains($0.name) }.map { Judged($0.name, nil, $0.value, counts: counts) }
  }

  /// Those that are not the same in both reports.
  var changed: Self { filter { $0.comparison != .identical } }
}
