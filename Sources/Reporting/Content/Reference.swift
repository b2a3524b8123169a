/// A work that the report cites.
public struct Reference: Sendable, Equatable {
  /// Authors, year, title and place, in one line.
  public var text: String
  /// Its address, where it has one.
  public var address: String?

  /// All parts, in their order.
  public init(text: String, address: String? = nil) {
    self.text = text
    self.address = address
  }
}
