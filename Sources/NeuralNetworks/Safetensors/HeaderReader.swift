/// Reads the JSON of a safetensors header as strictly as the format's own library does, and a key that is there
/// twice is an error everywhere: of two tensors of one name only one could be read.
struct HeaderReader {
  /// A JSON value.
  enum Value: Equatable {
    case object([String: Value])
    case array([Value])
    case text(String)
    /// As it is written: the format's numbers are whole, and `1.0` is none.
    case number(String)
    /// `true`, `false` or `null`.
    case word(String)

    /// The number of `[0-9]+` that an Int holds; nil for any other value.
    var count: Int? {
      guard case .number(let text) = self, text.utf8.allSatisfy(HeaderReader.digits.contains) else {
        return nil
      }
      return Int(text)
    }
  }
  /// What is wrong, and at which byte of the header.
  struct Unreadable: Error {
    let problem: String
    let byte: Int
  }

  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
  private static let greatestDepth = 127
  private let bytes: ArraySlice<UInt8>
  private var place: Int

  /// The value that `bytes`, which are UTF-8, hold, with white space around it.
  static func value(_ bytes: ArraySlice<UInt8>) throws(Unreadable) -> Value {
    var reader = HeaderReader(bytes: bytes)
    let value = try reader.value(depth: 0)
    guard reader.next() == nil else { throw reader.unreadable("something follows the JSON object") }
    return value
  }

  private init(bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    place = bytes.startIndex
  }

  private func unreadable(_ problem: String) -> Unreadable {
    Unreadable(problem: problem, byte: place - bytes.startIndex)
  }

  private var byte: UInt8? { place < bytes.endIndex ? bytes[place] : nil }

  /// The next byte that is not white space.
  private mutating func next() -> UInt8? {
    while let byte, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { place += 1 }
    return byte
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard next() == UInt8(ascii: character) else { return false }
    place += 1
    return true
  }

  private mutating func value(depth: Int) throws(Unreadable) -> Value {
    guard depth < Self.greatestDepth else { throw unreadable("it is nested too deep") }
    switch next() {
    case UInt8(ascii: "{"): return .object(try members(depth: depth + 1))
    case UInt8(ascii: "["): return .array(try elements(depth: depth + 1))
    case UInt8(ascii: "\""): return .text(try text())
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"):
      for word in ["true", "false", "null"] where bytes[place...].starts(with: word.utf8) {
        place += word.utf8.count
        return .word(word)
      }
      throw unreadable("a word is not JSON's")
    default: return .number(try number())
    }
  }

  private mutating func members(depth: Int) throws(Unreadable) -> [String: Value] {
    place += 1
    var members: [String: Value] = [:]
    if take("}") { return members }
    repeat {
      guard next() == UInt8(ascii: "\"") else { throw unreadable("a key in quotes should stand here") }
      let key = try text()
      guard take(":") else { throw unreadable("a colon should stand here") }
      guard members.updateValue(try value(depth: depth), forKey: key) == nil else {
        throw unreadable("the key '\(key)' is there twice")
      }
    } while take(",")
    guard take("}") else { throw unreadable("a comma or } should stand here") }
    return members
  }

  private mutating func elements(depth: Int) throws(Unreadable) -> [Value] {
    place += 1
    var elements: [Value] = []
    if take("]") { return elements }
    repeat { elements.append(try value(depth: depth)) } while take(",")
    guard take("]") else { throw unreadable("a comma or ] should stand here") }
    return elements
  }

  /// `-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?`
  private mutating func number() throws(Unreadable) -> String {
    let start = place
    func takeDigits(_ reader: inout HeaderReader) throws(Unreadable) {
      guard let first = reader.byte, Self.digits.contains(first) else {
        throw reader.unreadable("a value should stand here")
      }
      while let byte = reader.byte, Self.digits.contains(byte) { reader.place += 1 }
    }
    if byte == UInt8(ascii: "-") { place += 1 }
    let isZero = byte == UInt8(ascii: "0")
    let first = place
    try takeDigits(&self)
    guard !isZero || place == first + 1 else { throw unreadable("a number begins with 0") }
    if byte == UInt8(ascii: ".") {
      place += 1
      try takeDigits(&self)
    }
    if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") {
      place += 1
      if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { place += 1 }
      try takeDigits(&self)
    }
    let text = String(decoding: bytes[start..<place], as: UTF8.self)
    guard Double(text)?.isFinite == true else { throw unreadable("a number is too large") }
    return text
  }

  private mutating func text() throws(Unreadable) -> String {
    place += 1
    var content: [UInt8] = []
    while let byte, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw unreadable("text holds a control character") }
      place += 1
      if byte == UInt8(ascii: "\\") {
        content += Array(String(try escaped()).utf8)
      } else {
        content.append(byte)
      }
    }
    guard byte != nil else { throw unreadable("text does not end") }
    place += 1
    return String(decoding: content, as: UTF8.self)
  }

  /// What stands behind a backslash.
  private mutating func escaped() throws(Unreadable) -> Character {
    let plain: [UInt8: Character] = [
      UInt8(ascii: "\""): "\"", UInt8(ascii: "\\"): "\\", UInt8(ascii: "/"): "/", UInt8(ascii: "b"): "\u{8}",
      UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n", UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
    ]
    guard let byte else { throw unreadable("text does not end") }
    place += 1
    if let character = plain[byte] { return character }
    guard byte == UInt8(ascii: "u") else { throw unreadable("an escape is not JSON's") }
    var units = [try codeUnit()]
    if UTF16.isLeadSurrogate(units[0]), bytes[place...].starts(with: "\\u".utf8) {
      place += 2
      units.append(try codeUnit())
    }
    guard let text = String(validating: units, as: UTF16.self) else {
      throw unreadable("an escape is half of a character")
    }
    return Character(text)
  }

  private mutating func codeUnit() throws(Unreadable) -> UInt16 {
    let digits = bytes[place...].prefix(4)
    let isHexadecimal = digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
    guard digits.count == 4, isHexadecimal,
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw unreadable("an escape lacks its four digits") }
    place += 4
    return unit
  }
}
