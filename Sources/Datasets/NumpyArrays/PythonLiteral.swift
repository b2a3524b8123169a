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

/// Reads one ``PythonLiteral`` as Python does: text in any quotes, whole numbers in any base with or without the `L` of
/// Python 2, words, tuples, lists, dictionaries with text as keys, comments. Only escapes in text, which no type and no
/// key has, are not read.
struct PythonLiteralReader {
  /// What is not such a literal; the place counts bytes from 0.
  struct Unreadable: Error {
    let place: Int
  }

  private static let greatestDepth = 8
  private let text: [UInt8]
  private var place = 0

  /// The value that `text` holds, with white space and comments around it.
  static func value(_ text: String) throws(Unreadable) -> PythonLiteral {
    var reader = PythonLiteralReader(text: Array(text.utf8))
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    guard reader.next == nil else { throw reader.unreadable }
    return value
  }

  private init(text: [UInt8]) { self.text = text }

  private var next: Character? { character(at: place) }
  private var unreadable: Unreadable { Unreadable(place: place) }

  private func character(at place: Int) -> Character? {
    place < text.count ? Character(UnicodeScalar(text[place])) : nil
  }

  /// Passes over white space, comments, and ends of lines behind a backslash.
  private mutating func skipSpace() {
    while let character = next {
      switch character {
      case " ", "\t", "\u{C}", "\r", "\n": place += 1
      case "#": while let other = next, other != "\r", other != "\n" { place += 1 }
      case "\\" where self.character(at: place + 1) == "\n": place += 2
      default: return
      }
    }
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
    if let text = try quoted() { return .text(text) }
    if take("+") { skipSpace() }
    let word = takeWord()
    if ["True", "False", "None"].contains(word) { return .word(word) }
    guard let number = Self.number(word.hasSuffix("L") ? word.dropLast() : word[...]) else {
      throw unreadable
    }
    return .number(number)
  }

  private mutating func takeWord() -> String {
    let start = place
    while let character = next,
      character == "_" || (character.isASCII && (character.isLetter || character.isNumber))
    {
      place += 1
    }
    return String(decoding: text[start..<place], as: UTF8.self)
  }

  /// A whole number: in tens, without zeros before it, or in another base behind `0x`, `0o` or `0b`; `_` may part two
  /// digits.
  private static func number(_ word: Substring) -> Int? {
    let bases = ["0x": 16, "0o": 8, "0b": 2]
    let base = bases[word.prefix(2).lowercased()]
    // Behind the base, too, one may stand.
    let digits = base == nil ? word : word.dropFirst(word.dropFirst(2).hasPrefix("_") ? 3 : 2)
    let groups = digits.split(separator: "_", omittingEmptySubsequences: false)
    guard groups.allSatisfy({ !$0.isEmpty }) else { return nil }
    let plain = groups.joined()
    if base == nil, plain.hasPrefix("0"), plain.contains(where: { $0 != "0" }) { return nil }
    return Int(plain, radix: base ?? 10)
  }

  /// The pieces of text that stand here, one behind the other; nil where none does.
  private mutating func quoted() throws(Unreadable) -> String? {
    var content: String?
    while true {
      skipSpace()
      let hasPrefix = next.map { "uUrR".contains($0) } ?? false
      guard let quote = character(at: place + (hasPrefix ? 1 : 0)), quote == "'" || quote == "\"" else {
        return content
      }
      place += hasPrefix ? 1 : 0
      content = try (content ?? "") + piece(quote)
    }
  }

  /// The text up to as many quotes as open it here, one or three.
  private mutating func piece(_ quote: Character) throws(Unreadable) -> String {
    let isLong = character(at: place + 1) == quote && character(at: place + 2) == quote
    let width = isLong ? 3 : 1
    place += width
    let start = place
    while !(0..<width).allSatisfy({ character(at: place + $0) == quote }) {
      guard let character = next, character != "\\", isLong || (character != "\n" && character != "\r") else {
        throw unreadable
      }
      place += 1
    }
    defer { place += width }
    return String(decoding: text[start..<place], as: UTF8.self)
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
