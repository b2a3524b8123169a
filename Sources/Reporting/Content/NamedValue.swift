import Encodings

/// A fact and its name, as printed.
package struct NamedValue: Sendable, Equatable {
  /// The name.
  package var name: String
  /// The fact.
  package var value: String

  /// All parts, in their order.
  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

extension JSONValue {
  /// An object of the names and their values.
  static func pairs(_ values: [NamedValue]) -> JSONValue {
    .object(Dictionary(values.map { ($0.name, .text($0.value)) }, uniquingKeysWith: { $1 }))
  }
}
