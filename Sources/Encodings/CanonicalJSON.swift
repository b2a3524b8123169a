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
    case .integer(let value): text += String(value)
    case .unsigned(let value): text += String(value)
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
