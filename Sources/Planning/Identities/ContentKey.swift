import Encodings

/// The content hash by which a run is stored: 64 lower-case hexadecimal digits.
package struct ContentKey: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The 64 digits.
  package let description: String

  /// A key from its 64 digits; nil for any other text.
  package init?(_ text: String) {
    let digits = Set("0123456789abcdef")
    guard text.utf8.count == 64, text.allSatisfy(digits.contains) else { return nil }
    description = text
  }

  /// A key from a hash that was made just now.
  init(hash: String) { description = hash }

  /// The key of a named part of what this is the key of.
  package func part(_ name: String) -> ContentKey {
    ContentKey(hash: SHA256.hex(ofText: "\(description)/\(name)"))
  }

  /// By digits.
  package static func < (one: ContentKey, other: ContentKey) -> Bool { one.description < other.description }
}

/// Written as its digits.
extension ContentKey: Codable {
  /// Reads the 64 digits.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let key = ContentKey(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected 64 lower-case hexadecimal digits")
    }
    self = key
  }

  /// Writes the 64 digits.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
