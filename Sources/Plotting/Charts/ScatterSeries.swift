/// Points drawn one by one.
package struct ScatterSeries: Equatable, Sendable {
  /// A point, with the number that its colour shows.
  package struct Point: Equatable, Sendable {
    /// Along the x axis.
    package var x: Double
    /// Along the y axis.
    package var y: Double
    /// What a bar along the x axis spans; nil for none.
    package var xInterval: ClosedRange<Double>?
    /// What a bar along the y axis spans; nil for none.
    package var yInterval: ClosedRange<Double>?
    /// The number that the colour shows; nil where the series has one colour.
    package var value: Double?

    /// A point with its bars; `value` is the number that its colour shows.
    package init(
      x: Double, y: Double, xInterval: ClosedRange<Double>? = nil, yInterval: ClosedRange<Double>? = nil,
      value: Double? = nil
    ) {
      self.x = x
      self.y = y
      self.xInterval = xInterval
      self.yInterval = yInterval
      self.value = value
    }

    /// Whether every number of the point can be drawn.
    var isFinite: Bool { x.isFinite && y.isFinite && (value ?? 0).isFinite }

    /// The side of the frame beyond which it lies infinitely far; nil if it is finite, or lies nowhere.
    var infiniteSide: Marker.Side? {
      guard (value ?? 0).isFinite, x.isFinite != y.isFinite, !x.isNaN, !y.isNaN else { return nil }
      return x.isFinite ? (y > 0 ? .top : .bottom) : x > 0 ? .right : .left
    }

    /// The ends of its bars, from the lower to the upper one.
    var bars: [(from: (x: Double, y: Double), to: (x: Double, y: Double))] {
      [
        xInterval.map { (from: ($0.lowerBound, y), to: ($0.upperBound, y)) },
        yInterval.map { (from: (x, $0.lowerBound), to: (x, $0.upperBound)) },
      ].compactMap(\.self)
    }
  }

  /// Where the colours come from.
  package enum Colouring: Equatable, Sendable {
    /// The same for all points.
    case uniform(Colour)
    /// By each point's value, through the map and range of the chart's colour bar.
    case byValue(ColourMap, range: ClosedRange<Double>)
  }

  /// The points. One that is infinitely far along one axis is a triangle at that side of the frame. Those with
  /// NaN, or infinite along both axes or in colour, are not drawn. A note counts either.
  package var points: [Point]
  /// The colours.
  package var colouring: Colouring
  /// The sign for each point. Open ones for runs that did not converge.
  package var marker: Marker
  /// What the legend calls the series, in markup; nil for no entry.
  package var name: String?

  /// A series of points.
  package init(
    _ points: [Point], colouring: Colouring = .uniform(.blue), marker: Marker = Marker(), name: String? = nil
  ) {
    self.points = points
    self.colouring = colouring
    self.marker = marker
    self.name = name
  }

  func colour(of point: Point) -> Colour {
    switch colouring {
    case .uniform(let colour): return colour
    case .byValue(let map, let range):
      guard let value = point.value else { return .grey }
      let width = range.upperBound - range.lowerBound
      return map.colour(at: width > 0 ? (value - range.lowerBound) / width : 0.5)
    }
  }

  /// The colour of the series in a legend: its own, or a neutral one where colours show values.
  var legendColour: Colour {
    if case .uniform(let colour) = colouring { return colour }
    return .grey
  }
}
