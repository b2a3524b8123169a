/// Points joined by straight lines, in their order.
package struct LineSeries: Equatable, Sendable {
  /// The y axis that a line is read on.
  package enum Side: Sendable { case left, right }

  /// A corner of the line.
  package struct Point: Equatable, Sendable {
    /// Along the x axis.
    package var x: Double
    /// Along the y axis.
    package var y: Double

    /// A corner of the line.
    package init(x: Double, y: Double) {
      self.x = x
      self.y = y
    }
  }

  /// The corners. The line is broken at those with NaN or infinite numbers, which are counted in a note.
  package var points: [Point]
  /// Colour, width and dashes.
  package var stroke: Stroke
  /// The y axis that it is read on.
  package var side: Side
  /// What the legend calls the line, in markup; nil for no entry.
  package var name: String?

  /// Whether it runs straight up and down.
  var isUpright: Bool { points.count > 1 && points.allSatisfy { $0.x == points[0].x } }

  /// A line; `width` and `dash` in points.
  package init(
    _ points: [Point], colour: Colour = .blue, width: Double = 1.2, dash: [Double] = [], side: Side = .left,
    name: String? = nil
  ) {
    self.points = points
    self.stroke = Stroke(colour, width: width, dash: dash, isRound: dash.isEmpty)
    self.side = side
    self.name = name
  }
}
