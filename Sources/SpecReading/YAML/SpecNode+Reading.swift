import Specifications

extension SpecNode {
  /// The largest count that a spec may ask for: far above every figure, far below what would fill memory.
  static let largestCount = 10_000_000

  /// The value as text that is not empty.
  func readText(for key: String) throws(SpecError) -> String {
    guard case .scalar(let text, _) = content, kind != "nothing", !text.isEmpty else {
      throw .wrongType(key: key, expected: "text", found: kind, at: location)
    }
    return text
  }

  /// Whether `text` is digits, with or without a sign.
  private static func isWholeNumber(_ text: String) -> Bool {
    let digits = text.utf8.drop { "+-".utf8.contains($0) }
    return text.utf8.count - digits.count <= 1 && !digits.isEmpty
      && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// The value as a whole number from `least` to `most`.
  func readInteger(
    for key: String, atLeast least: Int, atMost most: Int = SpecNode.largestCount
  ) throws(SpecError) -> Int {
    guard case .scalar(let text, isPlain: true) = content, Self.isWholeNumber(text) else {
      throw .wrongType(key: key, expected: "a whole number", found: kind, at: location)
    }
    guard let value = Int(text), value >= least, value <= most else {
      throw .outOfRange(
        key: key, value: text, allowed: "from \(least) to \(most)", at: location)
    }
    return value
  }

  /// The value as a number within `bound`.
  func readNumber(for key: String, _ bound: NumberBound) throws(SpecError) -> Double {
    guard case .scalar(let text, isPlain: true) = content else {
      throw .wrongType(key: key, expected: "a number", found: kind, at: location)
    }
    guard let value = SettingValue.number(text) else {
      let isNotFinite = text.wholeMatch(of: /[+-]?\.?(inf|infinity|nan)/.ignoresCase()) != nil
      if isNotFinite { throw .outOfRange(key: key, value: text, allowed: bound.rawValue, at: location) }
      throw .wrongType(key: key, expected: "a number", found: kind, at: location)
    }
    guard bound.contains(value) else {
      throw .outOfRange(key: key, value: text, allowed: bound.rawValue, at: location)
    }
    return value
  }

  /// The value that goes by the name written here.
  func readName<Value>(
    for key: String, what: String, among known: [(name: String, value: Value)]
  ) throws(SpecError) -> Value {
    let name = try readText(for: key)
    guard let match = known.first(where: { $0.name == name }) else {
      throw .unknown(what: what, found: name, known: known.map(\.name), at: location)
    }
    return match.value
  }
}
