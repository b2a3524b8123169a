/// An outline made of straight lines and cubic Bézier curves, in points.
package struct Path: Equatable, Sendable {
  enum Element: Equatable, Sendable {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  var elements: [Element] = []

  /// A path with nothing in it.
  package init() {}

  /// A polyline through `points`, closed if asked.
  package init(through points: [Point], closed: Bool = false) {
    for point in points { elements.isEmpty ? move(to: point) : line(to: point) }
    if closed { close() }
  }

  /// A rectangle, its corners rounded by quarter circles of the given radius.
  package init(_ rectangle: Rectangle, cornerRadius: Double = 0) {
    let r = min(cornerRadius, rectangle.width / 2, rectangle.height / 2)
    let (x0, y0, x1, y1) = (rectangle.minX, rectangle.minY, rectangle.maxX, rectangle.maxY)
    guard r > 0 else {
      self.init(through: [Point(x0, y0), Point(x1, y0), Point(x1, y1), Point(x0, y1)], closed: true)
      return
    }
    self.init()
    let k = r * (1 - Self.circleConstant)
    move(to: Point(x0 + r, y0))
    line(to: Point(x1 - r, y0))
    curve(to: Point(x1, y0 + r), control: Point(x1 - k, y0), Point(x1, y0 + k))
    line(to: Point(x1, y1 - r))
    curve(to: Point(x1 - r, y1), control: Point(x1, y1 - k), Point(x1 - k, y1))
    line(to: Point(x0 + r, y1))
    curve(to: Point(x0, y1 - r), control: Point(x0 + k, y1), Point(x0, y1 - k))
    line(to: Point(x0, y0 + r))
    curve(to: Point(x0 + r, y0), control: Point(x0, y0 + k), Point(x0 + k, y0))
    close()
  }

  /// A circle.
  package init(circleAt centre: Point, radius: Double) {
    self.init(
      Rectangle(x: centre.x - radius, y: centre.y - radius, width: 2 * radius, height: 2 * radius),
      cornerRadius: radius)
  }

  /// A smooth curve through `points` (Catmull–Rom tangents as Bézier curves); the ends use the
  /// one-sided difference.
  package init(smoothThrough points: [Point]) {
    guard let first = points.first else { return }
    move(to: first)
    for i in points.indices.dropLast() {
      let (p0, p1) = (points[max(i - 1, 0)], points[i])
      let (p2, p3) = (points[i + 1], points[min(i + 2, points.count - 1)])
      let leaving = Point(p1.x + (p2.x - p0.x) / 6, p1.y + (p2.y - p0.y) / 6)
      let arriving = Point(p2.x - (p3.x - p1.x) / 6, p2.y - (p3.y - p1.y) / 6)
      curve(to: p2, control: leaving, arriving)
    }
  }

  /// Starts a new part at `point`.
  package mutating func move(to point: Point) { elements.append(.move(point)) }
  /// A straight line to `point`.
  package mutating func line(to point: Point) { elements.append(.line(point)) }
  /// A cubic Bézier curve to `point` with its two control points.
  package mutating func curve(to point: Point, control first: Point, _ second: Point) {
    elements.append(.curve(first, second, point))
  }
  /// A straight line back to the start of this part.
  package mutating func close() { elements.append(.close) }
  /// Adds the parts of another path.
  package mutating func append(_ other: Path) { elements += other.elements }

  /// 4(√2 − 1)/3: the control distance at which a cubic is a quarter circle to 0.03 %.
  private static let circleConstant = 0.552_284_749_830_793_4
}

/// How a line is drawn.
package struct Stroke: Equatable, Sendable {
  /// The colour of the line.
  package var colour: Colour
  /// The width in points.
  package var width: Double
  /// Lengths of dashes and gaps in turn, in points; empty for a solid line.
  package var dash: [Double]
  /// Whether ends and corners are round instead of square.
  package var isRound: Bool

  /// A line style; lengths in points.
  package init(_ colour: Colour, width: Double, dash: [Double] = [], isRound: Bool = false) {
    self.colour = colour
    self.width = width
    self.dash = dash
    self.isRound = isRound
  }
}
