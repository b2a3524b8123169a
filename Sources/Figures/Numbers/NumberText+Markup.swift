import Encodings

extension NumberText {
  /// The text in Pango markup, the exponent raised.
  var markup: String { exponent.map { leading + "<sup>\($0)</sup>" } ?? leading }

  /// `value` in Pango markup, or a dash where it is not finite.
  static func markup(_ value: Double, digits: Int = 3) -> String {
    NumberText(value, digits: digits)?.markup ?? "–"
  }

  /// `value` in one line of plain text, or a dash where it is not finite.
  static func plain(_ value: Double, digits: Int = 3) -> String {
    NumberText(value, digits: digits)?.plain ?? "–"
  }

  /// A correlation and its interval: two decimals, three where two would round to ±1.
  package static func correlation(_ value: Double) -> String {
    switch abs(value) {
    case 0.99..<1: plain(value, digits: 3)
    // Two decimals would hide the sign.
    case 0..<0.005 where value != 0: plain(value, digits: 1)
    default: NumberText(value, decimals: 2)?.plain ?? "–"
    }
  }
}
