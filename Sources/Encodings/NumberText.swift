import Foundation

/// A number as the report prints it: `leading`, and the exponent that stands raised after it, if any.
///
/// 3.14, −303 and 3.1 × 10⁻²⁴; the minus sign is U+2212. The same text in every locale.
package struct NumberText: Sendable, Equatable {
  /// All but the exponent, such as "−303" or "3.1 × 10".
  package let leading: String
  /// The power of ten, such as "−24".
  package let exponent: String?

  /// `value` to `digits` significant digits; nil if it is not finite.
  package init?(_ value: Double, digits: Int = 3) {
    precondition(digits >= 1, "expected at least one significant digit, got \(digits)")
    guard value.isFinite else { return nil }
    let scientific = String(format: "%.\(digits - 1)e", value)
    let parts = scientific.split(separator: "e")
    guard value != 0, parts.count == 2, let power = Int(parts[1]), let rounded = Double(scientific) else {
      leading = "0"
      exponent = nil
      return
    }
    if (-3...5).contains(power) {
      leading = Self.withMinusSign(String(format: "%.\(max(0, digits - 1 - power))f", rounded))
      exponent = nil
    } else {
      // A bare 1 adds nothing: 10⁻⁴.
      leading = parts[0] == "1" ? "10" : Self.withMinusSign(String(parts[0])) + " × 10"
      exponent = Self.withMinusSign(String(power))
    }
  }

  private init(leading: String, exponent: String?) {
    self.leading = leading
    self.exponent = exponent
  }

  /// A p value: two significant digits; below what a double can hold, a bound.
  package static func pValue(_ p: Double) -> NumberText? {
    guard p.isFinite else { return nil }
    return p < 1e-300 ? NumberText(leading: "< 10", exponent: "−300") : NumberText(p, digits: 2)
  }

  /// `value` to `decimals` digits after the point; nil if it is not finite.
  package init?(_ value: Double, decimals: Int) {
    guard value.isFinite else { return nil }
    leading = Self.withMinusSign(String(format: "%.\(decimals)f", value))
    exponent = nil
  }

  /// The shortest decimal that reads back as `value`: for settings, which are exact.
  package static func exact(_ value: Double) -> NumberText? {
    (1...17).lazy.map { String(format: "%.\($0 - 1)e", value) }.enumerated()
      .first { Double($0.element) == value }
      .flatMap { NumberText(value, digits: $0.offset + 1) }
  }

  /// A count in full, in groups of three digits with narrow no-break spaces between them: 100 000 000.
  package static func grouped(_ count: Int) -> String { count.grouped(by: "\u{202F}") }

  /// The text in one line, the exponent in raised characters, for alternative texts.
  package var plain: String {
    guard let exponent else { return leading }
    let raised: [Character: Character] = [
      "−": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
      "9": "⁹",
    ]
    return leading + String(exponent.map { raised[$0] ?? $0 })
  }

  private static func withMinusSign(_ text: String) -> String {
    text.replacingOccurrences(of: "-", with: "\u{2212}")
  }
}
