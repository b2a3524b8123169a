import Foundation

/// How a point is drawn.
package struct Marker: Equatable, Sendable {
  /// The outline of a marker.
  package enum Shape: String, Sendable, CaseIterable {
    case circle, square, triangle, diamond, invertedTriangle, plus, star
  }

  /// A side of a frame.
  enum Side: Sendable {
    case left, right, top, bottom

    /// From the top clockwise, in radians.
    var angle: Double {
      switch self {
      case .top: 0
      case .right: .pi / 2
      case .bottom: .pi
      case .left: -.pi / 2
      }
    }
  }

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

  /// The marker of a circle among `count` points: hundreds of them have smaller ones, which hide fewer.
  package init(among count: Int) { self = count > 200 ? Marker(diameter: 3) : Marker() }

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
      return polygon(radii: [1.4 * r], corners: 3, at: centre)
    case .invertedTriangle: return polygon(radii: [1.4 * r], corners: 3, at: centre, turnedBy: .pi)
    case .diamond: return polygon(radii: [1.253 * r], corners: 4, at: centre)
    case .star: return polygon(radii: [1.65 * r, 0.7 * r], corners: 10, at: centre)
    case .plus:
      // Five squares.
      let (arm, half) = (1.19 * r, 0.397 * r)
      let corners = [
        (-half, -arm), (half, -arm), (half, -half), (arm, -half), (arm, half), (half, half), (half, arm),
        (-half, arm), (-half, half), (-arm, half), (-arm, -half), (-half, -half),
      ]
      return Path(through: corners.map { Point(centre.x + $0.0, centre.y + $0.1) }, closed: true)
    }
  }

  /// A polygon with its first corner at the top, at these radii in turn; turned clockwise by an angle in radians.
  private func polygon(
    radii: [Double], corners: Int, at centre: Point, turnedBy turn: Double = 0
  ) -> Path {
    Path(
      through: (0..<corners).map { index in
        let angle = turn + 2 * Double.pi * Double(index) / Double(corners)
        let radius = radii[index % radii.count]
        return Point(centre.x + radius * sin(angle), centre.y - radius * cos(angle))
      }, closed: true)
  }

  /// Draws the sign of a point that lies infinitely far `towards` one side: a triangle that points there.
  func draw(at centre: Point, towards side: Side, colour: Colour, on canvas: Canvas) {
    let outline = polygon(radii: [0.8 * diameter], corners: 3, at: centre, turnedBy: side.angle)
    draw(outline, colour: colour, on: canvas)
  }

  /// Draws the marker: translucent with a thin darker edge, so that points on top of each other show.
  func draw(at centre: Point, colour: Colour, on canvas: Canvas) {
    draw(path(at: centre), colour: colour, on: canvas)
  }

  private func draw(_ outline: Path, colour: Colour, on canvas: Canvas) {
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
