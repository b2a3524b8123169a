/// Points drawn one by one.
public struct ScatterSeries: Equatable, Sendable {
  /// A point, with the number that its colour shows.
  public struct Point: Equatable, Sendable {
    /// Along the x axis.
    public var x: Double
    /// Along the y axis.
    public var y: Double
    /// The number that the colour shows; nil where the series has one colour.
    public var value: Double?

    /// A point; `value` is the number that its colour shows.
    public init(x: Double, y: Double, value: Double? = nil) {
      self.x = x
      self.y = y
      self.value = value
    }

    /// Whether every number of the point can be drawn.
    var isFinite: Bool { x.isFinite && y.isFinite && (value ?? 0).isFinite }
  }

  /// Where the colours come from.
  public enum Colouring: Equatable, Sendable {
    /// The same for all points.
    case uniform(Colour)
    /// By each point's value, through the map and range of the chart's colour bar.
    case byValue(ColourMap, range: ClosedRange<Double>)
  }

  /// The points; those with NaN or infinite numbers are not drawn but counted in a note.
  public var points: [Point]
  /// The colours.
  public var colouring: Colouring
  /// The sign for each point. Open ones for runs that did not converge.
  public var marker: Marker
  /// What the legend calls the series, in markup; nil for no entry.
  public var name: String?

  /// A series of points.
  public init(
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

  /// The colour that stands for the series in a legend: its own, or neutral where colours show values.
  var legendColour: Colour {
    if case .uniform(let colour) = colouring { return colour }
    return .grey
  }
}
