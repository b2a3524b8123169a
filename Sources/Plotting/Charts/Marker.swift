/// How a point is drawn.
package struct Marker: Equatable, Sendable {
  /// The outline of a marker.
  package enum Shape: String, Sendable, CaseIterable { case circle, square, triangle }

  /// The outline.
  package var shape: Shape
  /// Whether the inside takes the point's colour; an open marker has a coloured outline instead.
  package var isFilled: Bool
  /// The diameter of the circle in points; the other shapes have about its area.
  package var diameter: Double

  /// A marker; `diameter` in points.
  package init(_ shape: Shape = .circle, isFilled: Bool = true, diameter: Double = 5.2) {
    self.shape = shape
    self.isFilled = isFilled
    self.diameter = diameter
  }

  func path(at centre: Point) -> Path {
    let r = diameter / 2
    switch shape {
    case .circle: return Path(circleAt: centre, radius: r)
    case .square:
      // √π/2 of the radius gives the area of the circle.
      let half = 0.886 * r
      return Path(Rectangle(x: centre.x - half, y: centre.y - half, width: 2 * half, height: 2 * half))
    case .triangle:
      // Circumradius of an equilateral triangle a little larger than the circle, about its centroid.
      let radius = 1.4 * r
      return Path(
        through: [
          Point(centre.x, centre.y - radius), Point(centre.x + 0.866 * radius, centre.y + radius / 2),
          Point(centre.x - 0.866 * radius, centre.y + radius / 2),
        ], closed: true)
    }
  }

  /// Draws the marker: translucent with a thin darker edge, so that points on top of each other show.
  func draw(at centre: Point, colour: Colour, on canvas: Canvas) {
    let outline = path(at: centre)
    if isFilled {
      canvas.fill(outline, with: colour.withOpacity(0.8))
      canvas.stroke(outline, with: Stroke(colour.mixed(with: .black, fraction: 0.6), width: 0.4))
    } else {
      // Light colours would be lost on white without the dark line beneath.
      canvas.stroke(outline, with: Stroke(colour.mixed(with: .black, fraction: 0.6), width: 1.5))
      canvas.stroke(outline, with: Stroke(colour, width: 0.9))
    }
  }
}
