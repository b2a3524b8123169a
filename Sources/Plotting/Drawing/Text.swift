/// A text to be drawn: Pango markup and its style.
package struct Text: Equatable, Sendable {
  /// Pango markup, such as `log<sub>10</sub> <i>P</i>(<i>f</i>)`; may hold line breaks.
  /// The colour is that of the text as a whole: markup that sets one is refused.
  package var markup: String
  /// The size of the letters in points.
  package var size: Double
  /// Whether the letters are bold.
  package var isBold: Bool
  /// The colour of the letters.
  package var colour: Colour
  /// How lines of unequal width are set.
  package var alignment: Anchor.Horizontal
  /// The width in points at which lines are broken; nil for breaks only where the text has them.
  package var lineWidth: Double?

  /// A text; `size` and `lineWidth` in points.
  package init(
    _ markup: String, size: Double, isBold: Bool = false, colour: Colour = .black,
    alignment: Anchor.Horizontal = .left, lineWidth: Double? = nil
  ) {
    self.markup = markup
    self.size = size
    self.isBold = isBold
    self.colour = colour
    self.alignment = alignment
    self.lineWidth = lineWidth
  }

  /// `text` with the characters that mean something in markup written out.
  package static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }
}
