/// The value of a setting. Values are equal however they were typed: `1e-3` is `0.001`.
package enum SettingValue: Equatable, Sendable {
  case number(Double)
  case text(String)
  case list([SettingValue])
  /// The numbers from the first through the last in equal steps.
  case progression(from: Double, through: Double, by: Double)

  /// The value as a report prints and stores it; a number with the fewest digits that read back as the same.
  package var text: String {
    switch self {
    case .number(let number): Self.text(number)
    case .text(let text): text
    case .list(let items): items.map(\.text).joined(separator: ", ")
    case .progression(let first, let last, let step):
      "\(Self.text(first)) through \(Self.text(last)) by \(Self.text(step))"
    }
  }

  /// The value that a report stored as `text`, in this version's spelling of numbers or in any other.
  package init(stored text: String) {
    if let match = text.wholeMatch(of: /(\S+) through (\S+) by (\S+)/),
      let first = Self.number(match.1), let last = Self.number(match.2), let step = Self.number(match.3)
    {
      self = .progression(from: first, through: last, by: step)
      return
    }
    let items = text.split(separator: ", ", omittingEmptySubsequences: false).map { item in
      Self.number(item).map(SettingValue.number) ?? .text(String(item))
    }
    self = items.count == 1 ? items[0] : .list(items)
  }

  /// The number that `text` is in a spec's notation, such as `0.001`, `1e-3` or `.5`; nil for any other text.
  package static func number(_ text: some StringProtocol) -> Double? {
    // Without these characters alone Swift reads hexadecimal numbers, `inf` and `nan` too.
    text.utf8.allSatisfy(decimalCharacters.contains) ? Double(text) : nil
  }

  private static let decimalCharacters = Set("0123456789+-.eE".utf8)

  private static func text(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text.replacing("e-0", with: "e-")
  }
}
