/// The one JSON text of a value: RFC 8785, the JSON Canonicalization Scheme.
///
/// Keys in the order of their UTF-16 code units, numbers as ECMAScript writes them, the fewest escapes, no
/// white space. Integers beyond ±2⁵³ are refused, since the scheme has doubles only; the command line keeps
/// seeds below that.
package enum CanonicalJSON {
  /// The canonical text of `value`.
  ///
  /// - Throws: ``CanonicalJSONError/notFinite(path:)``, ``CanonicalJSONError/integerTooLarge(_:path:)`` or
  ///   ``CanonicalJSONError/notEncodable(reason:)``.
  package static func text(of value: some Encodable) throws(CanonicalJSONError) -> String {
    let tree = JSONTree()
    do {
      try tree.write(value, path: [])
    } catch let error as CanonicalJSONError {
      throw error
    } catch {
      throw .notEncodable(reason: "\(error)")
    }
    guard let value = tree.value else { throw .notEncodable(reason: "nothing was written") }
    var text = ""
    append(value, to: &text)
    return text
  }

  static func append(_ value: JSONValue, to text: inout String) {
    switch value {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .number(let value): text += ECMAScriptNumber.text(of: value)
    case .text(let value): append(quoted: value, to: &text)
    case .array(let items):
      text += "["
      for (index, item) in items.enumerated() {
        if index > 0 { text += "," }
        append(item, to: &text)
      }
      text += "]"
    case .object(let members):
      text += "{"
      let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
      for (index, member) in sorted.enumerated() {
        if index > 0 { text += "," }
        append(quoted: member.key, to: &text)
        text += ":"
        append(member.value, to: &text)
      }
      text += "}"
    }
  }

  private static func append(quoted string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\u{8}": text += "\\b"
      case "\t": text += "\\t"
      case "\n": text += "\\n"
      case "\u{C}": text += "\\f"
      case "\r": text += "\\r"
      case "\0"..<" ":
        let hexadecimal = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hexadecimal.count) + hexadecimal
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}

/// Why a value has no canonical JSON text.
package enum CanonicalJSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A number that JSON has no text for, at a path such as `spec.optimiser.learningRate`.
  case notFinite(path: String)
  /// An integer beyond ±2⁵³, which readers of JSON may round.
  case integerTooLarge(String, path: String)
  /// A value that wrote nothing, or that refused to be encoded.
  case notEncodable(reason: String)

  /// The fact and its remedy.
  package var description: String {
    switch self {
    case .notFinite(let path):
      "the number at '\(path)' is not finite, and JSON has no text for it; leave the value out"
    case .integerTooLarge(let value, let path):
      "the integer \(value) at '\(path)' is beyond ±2⁵³, and readers of JSON may round it; use a smaller one"
    case .notEncodable(let reason): "the value cannot be written as JSON: \(reason)"
    }
  }
}
