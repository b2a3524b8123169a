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
