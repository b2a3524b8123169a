import Foundation

/// Texts of reports, which anybody may have written, in GitHub's Markdown.
enum MarkdownText {
  /// What Markdown, HTML or GitHub takes for a sign of its own.
  private static let signs = Set("\\`*_|<>[]~$&")

  /// The text for a paragraph, a list or a cell of a table: on one line, without a mark-up, a mention or a
  /// link to an issue.
  static func escaped(_ text: String) -> String {
    quiet(text) { signs.contains($0) ? "\\\($0)" : String($0) }
  }

  /// A list of items that are Markdown already, and behind the first `most` of them how many more there are.
  static func list(_ items: [String], most: Int) -> String {
    let more = items.count - most
    return (items.prefix(most) + (more > 0 ? ["and \(more) more"] : [])).map { "- " + $0 }
      .joined(separator: "\n")
  }

  /// A table of cells that are Markdown already.
  static func table(_ header: [String], _ rows: [[String]]) -> String {
    ([header, header.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |" }
      .joined(separator: "\n")
  }

  /// The text between or inside tags of HTML.
  static func escapedForHTML(_ text: String) -> String {
    let names: [Character: String] = ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;"]
    // Markdown is read between tags too.
    return quiet(text) {
      names[$0] ?? (signs.contains($0) ? "&#\($0.unicodeScalars.first?.value ?? 0);" : String($0))
    }
  }

  /// An address or a path in an attribute of a tag of HTML. What is encoded already stays.
  static func address(_ text: String) -> String {
    (text.addingPercentEncoding(withAllowedCharacters: addressCharacters) ?? "")
      .replacing("&", with: "&amp;")
  }

  private static let addressCharacters = CharacterSet.alphanumerics.intersection(.urlQueryAllowed)
    .union(CharacterSet(charactersIn: "-._~:/?=&%+,"))

  /// On one line, and with a space of no width behind `@` and `#`: GitHub looks for names of people and
  /// numbers of issues in what is shown, so that no escape in the source hides them.
  private static func quiet(_ text: String, _ escape: (Character) -> String) -> String {
    text.reduce(into: "") { quiet, character in
      quiet += character.isNewline ? " " : escape(character)
      if character == "@" || character == "#" { quiet += "\u{200B}" }
    }
  }
}
