/// Points joined by straight lines, in their order.
public struct LineSeries: Equatable, Sendable {
  /// The y axis that a line is read on.
  public enum Side: Sendable { case left, right }

  /// A corner of the line.
  public struct Point: Equatable, Sendable {
    /// Along the x axis.
    public var x: Double
    /// Along the y axis.
    public var y: Double

    /// A corner of the line.
    public init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// The corners. The line is broken at those with NaN or infinite numbers, which are counted in a note.
  public var points: [Point]
  /// Colour, width and dashes.
  public var stroke: Stroke
  /// The y axis that it is read on.
  public var side: Side
  /// What the legend calls the line, in markup; nil for no entry.
  public var name: String?

  /// A line; `width` and `dash` in points.
  public init(
    _ points: [Point], colour: Colour = .blue, width: Double = 1.2, dash: [Double] = [], side: Side = .left,
    name: String? = nil
  ) {
    self.points = points
    self.stroke = Stroke(colour, width: width, dash: dash, isRound: dash.isEmpty)
    self.side = side
    self.name = name
  }
}
