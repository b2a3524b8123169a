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
