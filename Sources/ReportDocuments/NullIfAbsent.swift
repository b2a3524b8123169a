/// An optional value that is written as null, where Swift's own coding leaves its key out.
@propertyWrapper
package struct NullIfAbsent<Value: Codable & Equatable & Sendable>: Codable, Equatable, Sendable {
  package var wrappedValue: Value?

  package init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    wrappedValue = container.decodeNil() ? nil : try container.decode(Value.self)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(wrappedValue)
  }
}

extension KeyedDecodingContainer {
  /// Reads null and a key that is not there alike.
  func decode<Value>(_ type: NullIfAbsent<Value>.Type, forKey key: Key) throws -> NullIfAbsent<Value> {
    try decodeIfPresent(type, forKey: key) ?? NullIfAbsent(wrappedValue: nil)
  }
}
