/// Points drawn one by one.
package struct ScatterSeries: Equatable, Sendable {
  /// A point, with the number that its colour shows.
  package struct Point: Equatable, Sendable {
    /// Along the x axis.
    package var x: Double
    /// Along the y axis.
    package var y: Double
    /// The number that the colour shows; nil where the series has one colour.
    package var value: Double?

    /// Where x lies with its uncertainty, drawn as a bar; nil for none.
    package var interval: ClosedRange<Double>?

    /// A point; `value` is the number that its colour shows.
    package init(x: Double, y: Double, value: Double? = nil, interval: ClosedRange<Double>? = nil) {
      self.x = x
      self.y = y
      self.value = value
      self.interval = interval
    }

    /// Whether every number of the point can be drawn.
    var isFinite: Bool { x.isFinite && y.isFinite && (value ?? 0).isFinite }
  }

  /// Where the colours come from.
  package enum Colouring: Equatable, Sendable {
    /// The same for all points.
    case uniform(Colour)
    /// By each point's value, through the map and range of the chart's colour bar.
    case byValue(ColourMap, range: ClosedRange<Double>)
  }

  /// The points; those with NaN or infinite numbers are not drawn but counted in a note.
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
