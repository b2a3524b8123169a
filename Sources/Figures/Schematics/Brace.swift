import Plotting

/// A curly brace that lies under an interval, its point downwards.
struct Brace {
  let from: Double
  let to: Double
  /// The height of its ends, in points from the top of the picture.
  let top: Double
  /// The height of the brace in points.
  var depth = 9.0

  /// The point of the brace.
  var tip: Point { Point((from + to) / 2, top + depth) }

  var path: Path {
    let middle = top + depth / 2
    let bend = min(depth * 0.9, (to - from) / 4)
    var path = Path()
    path.move(to: Point(from, top))
    path.curve(
      to: Point(from + bend, middle), control: Point(from, middle), Point(from + bend * 0.3, middle))
    path.line(to: Point(tip.x - bend, middle))
    path.curve(to: tip, control: Point(tip.x - bend * 0.3, middle), Point(tip.x, middle))
    path.curve(
      to: Point(tip.x + bend, middle), control: Point(tip.x, middle), Point(tip.x + bend * 0.3, middle))
    path.line(to: Point(to - bend, middle))
    path.curve(to: Point(to, top), control: Point(to - bend * 0.3, middle), Point(to, middle))
    return path
  }
}
