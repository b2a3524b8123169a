/// A place on the canvas, in points (72 per inch); x to the right, y downwards.
package struct Point: Equatable, Sendable {
  /// Distance from the left edge, in points.
  package var x: Double
  /// Distance from the top edge, in points.
  package var y: Double

  /// A place by its two distances, in points.
  package init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}
