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

/// An axis-parallel rectangle on the canvas, in points.
package struct Rectangle: Equatable, Sendable {
  /// The left edge.
  package var minX: Double
  /// The upper edge.
  package var minY: Double
  /// The extent to the right; not negative.
  package var width: Double
  /// The extent downwards; not negative.
  package var height: Double

  /// A rectangle by its upper left corner and its size, in points.
  package init(x: Double, y: Double, width: Double, height: Double) {
    minX = x
    minY = y
    self.width = width
    self.height = height
  }

  /// The right edge.
  package var maxX: Double { minX + width }
  /// The lower edge.
  package var maxY: Double { minY + height }
  /// The centre.
  package var centre: Point { Point(minX + width / 2, minY + height / 2) }

  /// The rectangle with every edge moved inwards by `distance` (outwards if negative).
  package func inset(by distance: Double) -> Rectangle {
    Rectangle(
      x: minX + distance, y: minY + distance, width: max(0, width - 2 * distance),
      height: max(0, height - 2 * distance))
  }

  /// Whether `point` lies inside or on an edge.
  package func contains(_ point: Point) -> Bool {
    (minX...maxX).contains(point.x) && (minY...maxY).contains(point.y)
  }

  /// Whether the two have a point in common inside.
  package func overlaps(_ other: Rectangle) -> Bool {
    minX < other.maxX && other.minX < maxX && minY < other.maxY && other.minY < maxY
  }
}
