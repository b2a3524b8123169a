/// Finds places for the boxes of a panel where no data are beneath them.
///
/// A place's cost is the number of points, and of steps along lines, under a box. Where every place
/// has some, the vertical range grows, if it is automatic, until one is free.
struct BoxPlacement {
  /// A box to be placed.
  struct Request {
    var size: PictureSize
    /// Where it may stand; of places as free as one another, the first.
    var places: [Place]
  }

  /// Where a box stands in a frame: 0 at the left or upper margin, 1 at the right or lower one.
  struct Place: Equatable {
    var across: Double
    var down: Double

    func box(_ size: PictureSize, in frame: Rectangle) -> Rectangle {
      let room = frame.inset(by: ChartStyle.boxMargin)
      return Rectangle(
        x: room.minX + across * (room.width - size.width),
        y: room.minY + down * (room.height - size.height), width: size.width, height: size.height)
    }
  }

  static let corners = Corner.allCases.map(\.place)
  /// The corners, then the places between them.
  static let everywhere =
    corners
    + (0...8).flatMap { down in
      (0...8).map { Place(across: Double($0) / 8, down: Double(down) / 8) }
    }.filter { !corners.contains($0) }

  let resolved: ResolvedPlot
  let boxes: [Rectangle]

  /// - Parameters:
  ///   - resolved: the plot without growth.
  ///   - mayGrow: whether the range may grow; false to place boxes in a plot as it is.
  ///   - extraLow: how much it grows downwards in any case, in parts of its length.
  ///   - extraHigh: likewise upwards.
  init(
    _ resolved: ResolvedPlot, requests: [Request], frame: Rectangle, mayGrow: Bool, extraLow: Double = 0,
    extraHigh: Double = 0
  ) {
    let start =
      extraLow + extraHigh > 0
      ? ResolvedPlot(resolved.plot, extraLow: extraLow, extraHigh: extraHigh) : resolved
    var state = State(extraLow: extraLow, extraHigh: extraHigh, resolved: start, boxes: [])
    for request in requests {
      let candidates = Self.candidates(for: request, after: state, frame: frame, mayGrow: mayGrow)
      var best: (state: State, cost: Int)?
      for candidate in candidates {
        let cost = candidate.cost(in: frame)
        if cost < best?.cost ?? .max { best = (candidate, cost) }
        // Candidates that grow the range come last: take the first group that has a free place.
        if let best, best.cost < State.overlapCost, candidate.isLastOfGroup { break }
      }
      if let best { state = best.state }
    }
    self.resolved = state.resolved
    boxes = state.boxes
  }

  /// The centres of the markers and the points along lines and bars, in `frame`.
  static func obstacles(of resolved: ResolvedPlot, in frame: Rectangle) -> [Point] {
    var result: [Point] = []
    for layer in resolved.plot.layers {
      switch layer {
      case .scatter(let series):
        for (point, place) in resolved.places(of: series, in: frame) {
          result.append(place)
          for bar in resolved.bars(of: point, in: frame) { result += steps(along: [bar.from, bar.to]) }
        }
        result += resolved.infinitePlaces(of: series, in: frame).map(\.place)
      case .line(let series):
        for part in resolved.parts(of: series, in: frame) { result += steps(along: part) }
      case .arrows(let series):
        for arrow in resolved.arrows(of: series, in: frame) {
          result += steps(along: [arrow.from, arrow.to])
        }
      }
    }
    for reference in resolved.plot.references {
      switch reference {
      case .vertical(let value, _):
        guard let fraction = resolved.x.fraction(of: value) else { continue }
        let x = frame.minX + fraction * frame.width
        result += steps(along: [Point(x, frame.minY), Point(x, frame.maxY)])
      case .horizontal(let value, _):
        guard let fraction = resolved.left.fraction(of: value) else { continue }
        let y = frame.maxY - fraction * frame.height
        result += steps(along: [Point(frame.minX, y), Point(frame.maxX, y)])
      }
    }
    return result
  }

  /// Points along a polyline, at most 4 points of length apart.
  private static func steps(along part: [Point]) -> [Point] {
    var result = Array(part.prefix(1))
    for (a, b) in zip(part, part.dropFirst()) {
      let distance = ((b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y)).squareRoot()
      let count = max(1, Int(min(distance, 2000) / 4))
      for i in 1...count {
        let t = Double(i) / Double(count)
        result.append(Point(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t))
      }
    }
    return result
  }

  private static func candidates(
    for request: Request, after state: State, frame: Rectangle, mayGrow: Bool
  ) -> [State] {
    let steps =
      mayGrow && state.resolved.left.isAutomatic ? [0, 0.06, 0.12, 0.18, 0.24, 0.3, 0.36, 0.42] : [0]
    // Growth for this box pushes points under those of the other margin, which then needs some too. Insets have too
    // many places to try that with.
    let opposite = state.boxes.isEmpty || request.places.count > corners.count ? [0] : steps
    let growths = steps.flatMap { own in opposite.map { (own: own, opposite: $0) } }
      .sorted { ($0.own + $0.opposite, $0.opposite) < ($1.own + $1.opposite, $1.opposite) }
    return growths.flatMap { growth in
      request.places.enumerated().map { index, place in
        var next = state
        if growth.own + growth.opposite > 0 {
          let isHigh = place.down < 0.5
          next.extraHigh += isHigh ? growth.own : growth.opposite
          next.extraLow += isHigh ? growth.opposite : growth.own
          next.resolved = ResolvedPlot(
            state.resolved.plot, extraLow: next.extraLow, extraHigh: next.extraHigh)
        }
        next.boxes.append(place.box(request.size, in: frame))
        next.isLastOfGroup = index == request.places.count - 1
        return next
      }
    }
  }

  private struct State {
    var extraLow: Double
    var extraHigh: Double
    var resolved: ResolvedPlot
    var boxes: [Rectangle]
    var isLastOfGroup = false

    static let overlapCost = 10_000
    /// From a box to the centre of a marker that neither it nor the white around it touches.
    private let clearance = ChartStyle.boxPadding + Marker().diameter / 2 + 0.4

    /// Overlaps count first; among free places, those with less around them.
    func cost(in frame: Rectangle) -> Int {
      let obstacles = BoxPlacement.obstacles(of: resolved, in: frame)
      var cost = 0
      for (index, box) in boxes.enumerated() {
        let near = box.inset(by: -clearance)
        let around = box.inset(by: -18)
        for point in obstacles {
          if near.contains(point) {
            cost += Self.overlapCost
          } else if around.contains(point) {
            cost += 1
          }
        }
        for other in boxes.dropFirst(index + 1) where other.overlaps(box) { cost += 1000 * Self.overlapCost }
      }
      return cost
    }
  }
}
