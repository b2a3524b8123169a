/// The profile that a report was made with.
public struct ReportProfile: Sendable, Equatable {
  /// `smoke`, `quick` or `paper`.
  public var name: String
  /// What this profile changes, in one sentence.
  public var statement: String

  /// All parts, in their order.
  public init(name: String, statement: String) {
    self.name = name
    self.statement = statement
  }
}
