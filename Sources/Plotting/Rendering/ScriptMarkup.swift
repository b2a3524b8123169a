import Foundation

/// Writes `<sub>` and `<sup>` out as a size and a rise of their own.
///
/// Pango takes both from the font's tables, and Pango 1.50 makes scripts larger than the text around them
/// when glyph positions are not rounded to pixels.
enum ScriptMarkup {
  /// The size of the script's letters, as a part of the size of the text.
  static let scale = 0.7
  /// How far a superscript's baseline is lifted, and a subscript's lowered, in the same unit.
  static let rise = (superscript: 0.36, subscript: 0.17)

  static func expanded(_ markup: String, size: Double) -> String {
    func span(_ rise: Double) -> String {
      let units = size * 1024
      return "<span size=\"\(Int((scale * units).rounded()))\" rise=\"\(Int((rise * units).rounded()))\">"
    }
    return
      markup
      .replacingOccurrences(of: "<sub>", with: span(-rise.subscript))
      .replacingOccurrences(of: "<sup>", with: span(rise.superscript))
      .replacingOccurrences(of: "</sub>", with: "</span>")
      .replacingOccurrences(of: "</sup>", with: "</span>")
  }
}
