/// The profile that a report was made with.
package struct ReportProfile: Sendable, Equatable {
  /// `smoke`, `quick` or `paper`.
  package var name: String
  /// What this profile changes, in one sentence.
  package var statement: String

  /// All parts, in their order.
  package init(name: String, statement: String) {
    self.name = name
    self.statement = statement
  }
}
