/// Texts of one width, for tables on standard output.
enum TextColumn {
  /// `text` with spaces behind it.
  static func left(_ text: String, _ width: Int) -> String { text + spaces(text, width) }

  /// `text` with spaces before it.
  static func right(_ text: String, _ width: Int) -> String { spaces(text, width) + text }

  private static func spaces(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count))
  }
}
