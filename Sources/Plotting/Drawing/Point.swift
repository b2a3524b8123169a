/// A place on the canvas, in points (72 per inch); x to the right, y downwards.
public struct Point: Equatable, Sendable {
  /// Distance from the left edge, in points.
  public var x: Double
  /// Distance from the top edge, in points.
  public var y: Double

  /// A place by its two distances, in points.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}
