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
        xs += points.flatMap { [$0.x] + $0.bars.flatMap { [$0.from.x, $0.to.x] } }
        lefts += points.flatMap { [$0.y] + $0.bars.flatMap { [$0.from.y, $0.to.y] } }
        // Of a point that is infinite along one axis the other number counts.
        let infinite = series.points.filter { $0.infiniteSide != nil }
        xs += infinite.map(\.x).filter(\.isFinite)
        lefts += infinite.map(\.y).filter(\.isFinite)
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

  /// The places of the points of a scatter series that lie infinitely far along one axis: inside `frame`, at the side
  /// where they would be.
  func infinitePlaces(
    of series: ScatterSeries, in frame: Rectangle
  ) -> [(point: ScatterSeries.Point, place: Point, side: Marker.Side)] {
    let room = frame.inset(by: series.marker.diameter)
    return series.points.compactMap { point in
      guard let side = point.infiniteSide else { return nil }
      let isAcross = side == .left || side == .right
      guard let fraction = isAcross ? left.fraction(of: point.y) : x.fraction(of: point.x),
        (0...1).contains(fraction)
      else { return nil }
      let along =
        isAcross ? frame.maxY - fraction * frame.height : frame.minX + fraction * frame.width
      let place =
        switch side {
        case .left: Point(room.minX, along)
        case .right: Point(room.maxX, along)
        case .top: Point(along, room.minY)
        case .bottom: Point(along, room.maxY)
        }
      return (point, place, side)
    }
  }

  /// The bars of a point, as they lie in `frame`; one with an end that has no place is left out.
  func bars(of point: ScatterSeries.Point, in frame: Rectangle) -> [(from: Point, to: Point)] {
    point.bars.compactMap { bar in
      guard let from = place(x: bar.from.x, y: bar.from.y, in: frame),
        let to = place(x: bar.to.x, y: bar.to.y, in: frame)
      else { return nil }
      return (from, to)
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
      case .scatter(let series):
        places(of: series, in: frame).isEmpty && infinitePlaces(of: series, in: frame).isEmpty
      case .line(let series): parts(of: series, in: frame).isEmpty
      case .arrows(let series): arrows(of: series, in: frame).isEmpty
      }
    }
  }

  /// What must be said about data that are not in the picture, in markup.
  func notes(in frame: Rectangle) -> [String] {
    var (outside, infinite) = (0, 0)
    for case .scatter(let series) in plot.layers {
      infinite += infinitePlaces(of: series, in: frame).count
      let placeable = series.points.count {
        $0.isFinite && place(x: $0.x, y: $0.y, in: frame) != nil
      }
      outside += placeable - places(of: series, in: frame).count
    }
    let unplaceable = plot.unplaceableCount - infinite
    let hasLogarithm = [plot.x, plot.y, plot.right ?? plot.y].contains { $0.scale == .log10 }
    func count(_ n: Int, _ what: String) -> [String] {
      n == 0 ? [] : ["<small>\(n) point\(n == 1 ? "" : "s") \(what)</small>"]
    }
    return count(infinite, "at infinity (\(infinite == 1 ? "triangle" : "triangles"))")
      + count(unplaceable, hasLogarithm ? "not finite or not above 0" : "not finite")
      + count(outside, "outside the axes")
  }
}
