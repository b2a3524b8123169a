/// A fact and its name, as printed.
package struct NamedValue: Sendable, Equatable {
  /// The name.
  package var name: String
  /// The fact.
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }
}

extension [NamedValue] {
  /// The facts by name; of two with one name the last.
  var byName: [String: String] {
    Dictionary(map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
  }
}
