/// The measured extents of a text, in points.
public struct TextExtents: Equatable, Sendable {
  /// The advance width of the widest line.
  public var width: Double
  /// The height of all lines, from the ascent of the first to the descent of the last.
  public var height: Double
  /// The distance from the top to the baseline of the first line.
  public var baseline: Double
  /// The number of lines.
  public var lineCount: Int
  /// The smallest rectangle around the drawn letters, from the upper left corner of the text.
  public var ink: Rectangle
  /// The distance from the left edge of the space given to the lines to that of the widest line; not 0
  /// when lines of a set width are centred or set to the right.
  var inset: Double
}
