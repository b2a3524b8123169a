/// The licence of the report's text, pictures and tables.
package struct Licence: Sendable, Equatable {
  /// Such as "Apache License 2.0".
  package var name: String
  /// The licence's own address.
  package var address: String
  /// A sentence that says what is licensed, and what is not (the data sets, the paper).
  package var statement: String

  /// All parts, in their order.
  package init(name: String, address: String, statement: String) {
    self.name = name
    self.address = address
    self.statement = statement
  }
}
