import Foundation

/// A straight arrow.
package struct Arrow: Equatable, Sendable {
  /// Where it begins.
  package var from: Point
  /// Where its tip is.
  package var to: Point
  /// The line.
  package var stroke: Stroke
  /// The length of the head in points.
  package var head: Double
  /// Whether there is a head at the start as well.
  package var isDouble: Bool

  /// An arrow; `head` in points.
  package init(from: Point, to: Point, stroke: Stroke, head: Double = 5, isDouble: Bool = false) {
    self.from = from
    self.to = to
    self.stroke = stroke
    self.head = head
    self.isDouble = isDouble
  }

  /// Draws the line and the head or heads.
  package func draw(on canvas: Canvas) {
    let angle = atan2(to.y - from.y, to.x - from.x)
    let start = isDouble ? moved(from, angle, by: head * 0.8) : from
    canvas.stroke(Path(through: [start, moved(to, angle, by: -head * 0.8)]), with: stroke)
    canvas.fill(headPath(at: to, angle), with: stroke.colour)
    if isDouble { canvas.fill(headPath(at: from, angle + .pi), with: stroke.colour) }
  }

  private func moved(_ point: Point, _ angle: Double, by length: Double) -> Point {
    Point(point.x + length * cos(angle), point.y + length * sin(angle))
  }

  private func headPath(at tip: Point, _ angle: Double) -> Path {
    let spread = 0.36
    let notch = moved(tip, angle, by: -head * 0.75)
    return Path(
      through: [
        tip, moved(tip, angle + spread, by: -head), notch, moved(tip, angle - spread, by: -head),
      ], closed: true)
  }
}
