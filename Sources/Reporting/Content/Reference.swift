/// A work that the report cites.
package struct Reference: Sendable, Equatable {
  /// Authors, year, title and place, in one line.
  package var text: String
  /// Its address, where it has one.
  package var address: String?

  /// All parts, in their order.
  package init(text: String, address: String? = nil) {
    self.text = text
    self.address = address
  }
}
