/// A fact and its name, as printed.
public struct NamedValue: Sendable, Equatable {
  /// The name.
  public var name: String
  /// The fact.
  public var value: String

  /// All parts, in their order.
  public init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}
