/// A value as Python writes it, as far as headers of `.npy` files have them.
enum PythonLiteral: Equatable {
  case text(String)
  case number(Int)
  /// `True`, `False` or `None`.
  case word(String)
  case tuple([PythonLiteral])
  case list([PythonLiteral])
  case dictionary([String: PythonLiteral])
}

/// Reads one ``PythonLiteral``: text in either quotes, whole numbers with or without the `L` of Python 2, words,
/// tuples, lists, and dictionaries with text as keys.
struct PythonLiteralReader {
  /// What is not such a literal; the place counts characters from 0.
  struct Unreadable: Error {
    let place: Int
  }

  private static let greatestDepth = 8
  private let text: [Character]
  private var place = 0

  /// The value that `text` holds, with white space around it.
  static func value(_ text: String) throws(Unreadable) -> PythonLiteral {
    var reader = PythonLiteralReader(text: Array(text))
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.next == nil else { throw reader.unreadable }
    return value
  }

  private init(text: [Character]) { self.text = text }

  private var next: Character? { place < text.count ? text[place] : nil }
  private var unreadable: Unreadable { Unreadable(place: place) }

  private mutating func skipSpace() {
    while let character = next, character.isWhitespace { place += 1 }
  }

  /// Passes over `character`; false where another comes next.
  private mutating func take(_ character: Character) -> Bool {
    skipSpace()
    guard next == character else { return false }
    place += 1
    return true
  }

  private mutating func value(depth: Int) throws(Unreadable) -> PythonLiteral {
    guard depth < Self.greatestDepth else { throw unreadable }
    if take("{") { return .dictionary(try entries(depth: depth + 1)) }
    if take("[") { return .list(try items(upTo: "]", depth: depth + 1).values) }
    if take("(") {
      let (values, hasComma) = try items(upTo: ")", depth: depth + 1)
      // One value without a comma is in brackets, and no tuple.
      return values.count == 1 && !hasComma ? values[0] : .tuple(values)
    }
    guard let first = next else { throw unreadable }
    if first == "'" || first == "\"" { return .text(try quoted()) }
    let word = takeWord()
    if let quote = next, quote == "'" || quote == "\"", ["u", "U"].contains(word) {
      return .text(try quoted())
    }
    if ["True", "False", "None"].contains(word) { return .word(word) }
    let digits = word.hasSuffix("L") ? word.dropLast() : word[...]
    guard digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let number = Int(digits)
    else { throw unreadable }
    return .number(number)
  }

  private mutating func takeWord() -> String {
    var word = ""
    while let character = next, character.isLetter || character.isNumber {
      word.append(character)
      place += 1
    }
    return word
  }

  /// Text without escapes, which no type and no key has.
  private mutating func quoted() throws(Unreadable) -> String {
    guard let quote = next else { throw unreadable }
    place += 1
    var content = ""
    while let character = next, character != quote {
      guard character != "\\", !character.isNewline else { throw unreadable }
      content.append(character)
      place += 1
    }
    guard take(quote) else { throw unreadable }
    return content
  }

  private mutating func items(
    upTo end: Character, depth: Int
  ) throws(Unreadable) -> (values: [PythonLiteral], hasComma: Bool) {
    var values: [PythonLiteral] = []
    var hasComma = false
    while !take(end) {
      if !values.isEmpty, !hasComma { throw unreadable }
      values.append(try value(depth: depth))
      hasComma = take(",")
    }
    return (values, values.count > 1 || hasComma)
  }

  private mutating func entries(depth: Int) throws(Unreadable) -> [String: PythonLiteral] {
    var entries: [String: PythonLiteral] = [:]
    var needsComma = false
    while !take("}") {
      if needsComma { throw unreadable }
      guard case .text(let key) = try value(depth: depth), take(":") else { throw unreadable }
      // As in Python, the last of equal keys counts.
      entries[key] = try value(depth: depth)
      needsComma = !take(",")
    }
    return entries
  }
}
