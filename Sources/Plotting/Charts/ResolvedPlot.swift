/// A plot whose axes have their ranges, with the places that data take in a frame.
struct ResolvedPlot {
  let plot: Plot
  let x: AxisMapping
  let left: AxisMapping
  let right: AxisMapping?

  init(_ plot: Plot, extraLow: Double = 0, extraHigh: Double = 0) {
    self.plot = plot
    var (xs, lefts, rights): ([Double], [Double], [Double]) = ([], [], [])
    for layer in plot.layers {
      switch layer {
      case .scatter(let series):
        let points = series.points.filter(\.isFinite)
        xs += points.flatMap { [$0.x, $0.interval?.lowerBound, $0.interval?.upperBound].compactMap(\.self) }
        lefts += points.map(\.y)
      case .line(let series):
        let points = series.points.filter { $0.x.isFinite && $0.y.isFinite }
        xs += points.map(\.x)
        if series.side == .right, plot.right != nil {
          rights += points.map(\.y)
        } else {
          lefts += points.map(\.y)
        }
      case .arrows(let series):
        let ends = series.moves.filter(\.isFinite).flatMap(\.ends)
        xs += ends.map(\.x)
        lefts += ends.map(\.y)
      }
    }
    for reference in plot.references {
      switch reference {
      case .vertical(let value, _): xs.append(value)
      case .horizontal(let value, _): lefts.append(value)
      }
    }
    x = AxisMapping(plot.x, values: xs)
    left = AxisMapping(plot.y, values: lefts, extraLow: extraLow, extraHigh: extraHigh)
    right = plot.right.map {
      AxisMapping($0, values: rights, extraLow: extraLow, extraHigh: extraHigh)
    }
  }

  /// The place of (x, y) in `frame`; nil if a number has none on its axis.
  func place(x value: Double, y: Double, side: LineSeries.Side = .left, in frame: Rectangle) -> Point? {
    let vertical = side == .right ? right ?? left : left
    guard let across = x.fraction(of: value), let up = vertical.fraction(of: y) else { return nil }
    return Point(frame.minX + across * frame.width, frame.maxY - up * frame.height)
  }

  /// The places of the points of a scatter series that lie in `frame`, edges included.
  func places(of series: ScatterSeries, in frame: Rectangle) -> [(point: ScatterSeries.Point, place: Point)] {
    let tolerance = 1e-6
    return series.points.filter(\.isFinite).compactMap { point in
      guard let place = place(x: point.x, y: point.y, in: frame) else { return nil }
      let inside =
        place.x >= frame.minX - tolerance && place.x <= frame.maxX + tolerance
        && place.y >= frame.minY - tolerance && place.y <= frame.maxY + tolerance
      return inside ? (point, place) : nil
    }
  }

  /// The bars of the points that lie in `frame`, from end to end.
  func bars(
    of series: ScatterSeries, in frame: Rectangle
  ) -> [(point: ScatterSeries.Point, ends: [Point])] {
    places(of: series, in: frame).compactMap { point, _ in
      guard let interval = point.interval, let low = place(x: interval.lowerBound, y: point.y, in: frame),
        let high = place(x: interval.upperBound, y: point.y, in: frame)
      else { return nil }
      return (point, [low, high])
    }
  }

  /// The unbroken parts of a line, as they lie in `frame`.
  func parts(of series: LineSeries, in frame: Rectangle) -> [[Point]] {
    var parts: [[Point]] = [[]]
    for point in series.points {
      if let place = place(x: point.x, y: point.y, side: series.side, in: frame) {
        parts[parts.count - 1].append(place)
      } else if parts.last?.isEmpty == false {
        parts.append([])
      }
    }
    return parts.filter { !$0.isEmpty }
  }

  /// The arrows of a series of moves, in `frame`.
  func arrows(of series: ArrowSeries, in frame: Rectangle) -> [Arrow] {
    series.moves.compactMap { move in
      guard let from = place(x: move.from.x, y: move.from.y, in: frame),
        let to = place(x: move.to.x, y: move.to.y, in: frame)
      else { return nil }
      return series.arrow(from: from, to: to)
    }
  }

  /// Whether nothing of the data lies in `frame`.
  func isEmpty(in frame: Rectangle) -> Bool {
    plot.layers.allSatisfy { layer in
      switch layer {
      case .scatter(let series): places(of: series, in: frame).isEmpty
      case .line(let series): parts(of: series, in: frame).isEmpty
      case .arrows(let series): arrows(of: series, in: frame).isEmpty
      }
    }
  }

  /// What must be said about data that are not in the picture, in markup.
  func notes(in frame: Rectangle) -> [String] {
    var outside = 0
    for case .scatter(let series) in plot.layers {
      let placeable = series.points.count {
        $0.isFinite && place(x: $0.x, y: $0.y, in: frame) != nil
      }
      outside += placeable - places(of: series, in: frame).count
    }
    let unplaceable = plot.unplaceableCount
    let hasLogarithm = [plot.x, plot.y, plot.right ?? plot.y].contains { $0.scale == .log10 }
    func count(_ n: Int, _ what: String) -> [String] {
      n == 0 ? [] : ["<small>\(n) point\(n == 1 ? "" : "s") \(what)</small>"]
    }
    return count(unplaceable, hasLogarithm ? "not finite or not above 0" : "not finite")
      + count(outside, "outside the axes")
  }
}
