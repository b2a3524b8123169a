/// How a line is drawn.
package struct Stroke: Equatable, Sendable {
  /// The colour of the line.
  package var colour: Colour
  /// The width in points.
  package var width: Double
  /// Lengths of dashes and gaps in turn, in points; empty for a solid line.
  package var dash: [Double]
  /// Whether ends and corners are round instead of square.
  package var isRound: Bool

  /// A line style; lengths in points.
  package init(_ colour: Colour, width: Double, dash: [Double] = [], isRound: Bool = false) {
    self.colour = colour
    self.width = width
    self.dash = dash
    self.isRound = isRound
  }
}
