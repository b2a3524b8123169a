/// A JSON value under construction.
///
/// Written by ``JSONDocument`` or ``CanonicalJSON``. In the former a number that is NaN or infinite becomes null, and
/// whoever puts one in says why beside it; the latter refuses it.
package indirect enum JSONValue: Encodable, Equatable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case unsigned(UInt64)
  case number(Double)
  case text(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The text, or null.
  package static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.text) ?? .null }

  /// The number, or null where there is none.
  package static func optional(_ number: Double?) -> JSONValue { number.map(JSONValue.number) ?? .null }

  /// Writes the value as itself, without the case.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .boolean(let value): try container.encode(value)
    case .integer(let number): try container.encode(number)
    case .unsigned(let number): try container.encode(number)
    case .number(let number) where number.isFinite: try container.encode(number)
    case .text(let text): try container.encode(text)
    case .array(let elements): try container.encode(elements)
    case .object(let members): try container.encode(members)
    case .null, .number: try container.encodeNil()
    }
  }
}
