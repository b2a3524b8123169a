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

/// The place of a text that is put at the given point.
package struct Anchor: Equatable, Sendable {
  /// The horizontal part of an anchor.
  package enum Horizontal: Sendable { case left, centre, right }
  /// The vertical part of an anchor. `middle` is the middle of the capitals of a single line, and of
  /// the whole block for several lines; `baseline` is that of the first line.
  package enum Vertical: Sendable { case top, middle, baseline, bottom }

  /// Across the text.
  package var horizontal: Horizontal
  /// Up and down the text.
  package var vertical: Vertical

  /// An anchor by its two parts.
  package init(_ horizontal: Horizontal, _ vertical: Vertical) {
    self.horizontal = horizontal
    self.vertical = vertical
  }
}

/// The measured extents of a text, in points.
package struct TextExtents: Equatable, Sendable {
  /// The advance width of the widest line.
  package var width: Double
  /// The height of all lines, from the ascent of the first to the descent of the last.
  package var height: Double
  /// The distance from the top to the baseline of the first line.
  package var baseline: Double
  /// The number of lines.
  package var lineCount: Int
  /// The smallest rectangle around the drawn letters, from the upper left corner of the text.
  package var ink: Rectangle
  /// The distance from the left edge of the space given to the lines to that of the widest line; not 0
  /// when lines of a set width are centred or set to the right.
  var inset: Double
}
