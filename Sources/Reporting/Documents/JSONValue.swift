import Foundation

/// A JSON document under construction.
///
/// Written as ``JSONDocument`` says; a number that is NaN or infinite becomes null, and whoever puts one in says why
/// beside it.
indirect enum JSONValue: Encodable, Sendable, Equatable {
  case object([String: JSONValue])
  case array([JSONValue])
  case string(String)
  case number(Double)
  case integer(Int)
  case unsigned(UInt64)
  case null

  /// The text, or null.
  static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// The number, or null where there is none.
  static func optional(_ number: Double?) -> JSONValue { number.map(JSONValue.number) ?? .null }

  /// An object of the names and their values.
  static func pairs(_ values: [NamedValue]) -> JSONValue {
    .object(Dictionary(values.map { ($0.name, .string($0.value)) }, uniquingKeysWith: { $1 }))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .object(let members): try container.encode(members)
    case .array(let elements): try container.encode(elements)
    case .string(let text): try container.encode(text)
    case .number(let number) where number.isFinite: try container.encode(number)
    case .integer(let number): try container.encode(number)
    case .unsigned(let number): try container.encode(number)
    case .null, .number: try container.encodeNil()
    }
  }

  /// The document's bytes, ending in a newline.
  func bytes() throws -> Data { try JSONDocument.bytes(self) }
}
