/// How a line is drawn.
public struct Stroke: Equatable, Sendable {
  /// The colour of the line.
  public var colour: Colour
  /// The width in points.
  public var width: Double
  /// Lengths of dashes and gaps in turn, in points; empty for a solid line.
  public var dash: [Double]
  /// Whether ends and corners are round instead of square.
  public var isRound: Bool

  /// A line style; lengths in points.
  public init(_ colour: Colour, width: Double, dash: [Double] = [], isRound: Bool = false) {
    self.colour = colour
    self.width = width
    self.dash = dash
    self.isRound = isRound
  }
}
