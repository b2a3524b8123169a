/// Moves from one place to another, drawn as arrows.
package struct ArrowSeries: Equatable, Sendable {
  /// A move.
  package struct Move: Equatable, Sendable {
    /// Where it begins.
    package var from: LineSeries.Point
    /// Where it ends.
    package var to: LineSeries.Point

    /// A move between two places.
    package init(from: LineSeries.Point, to: LineSeries.Point) {
      self.from = from
      self.to = to
    }

    var ends: [LineSeries.Point] { [from, to] }
    var isFinite: Bool { ends.allSatisfy { $0.x.isFinite && $0.y.isFinite } }
  }

  /// The moves; those with NaN or infinite numbers are not drawn but counted in a note.
  package var moves: [Move]
  /// Colour and width.
  package var stroke: Stroke
  /// What the legend calls the moves, in markup; nil for no entry.
  package var name: String?

  /// Moves; `width` in points.
  package init(_ moves: [Move], colour: Colour = .vermillion, width: Double = 0.8, name: String? = nil) {
    self.moves = moves
    stroke = Stroke(colour, width: width)
    self.name = name
  }

  /// The gap between an arrow's ends and the places that it joins, in points, so that markers do not hide
  /// them.
  private static let gap = 3.5

  /// An arrow between two places of a frame. Its head is never longer than the arrow, and where the places
  /// lie so close that nothing would be left between the gaps it joins the places themselves.
  func arrow(from: Point, to: Point) -> Arrow {
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 3 * Self.gap else {
      return Arrow(from: from, to: to, stroke: stroke, head: min(4, length))
    }
    let (ux, uy) = (dx / length * Self.gap, dy / length * Self.gap)
    return Arrow(
      from: Point(from.x + ux, from.y + uy), to: Point(to.x - ux, to.y - uy), stroke: stroke,
      head: min(5, length - 2 * Self.gap))
  }
}
