/// The licence of the report's text, pictures and tables.
public struct Licence: Sendable, Equatable {
  /// Such as "Apache License 2.0".
  public var name: String
  /// The licence's own address.
  public var address: String
  /// A sentence that says what is licensed, and what is not (the data sets, the paper).
  public var statement: String

  /// All parts, in their order.
  public init(name: String, address: String, statement: String) {
    self.name = name
    self.address = address
    self.statement = statement
  }
}
