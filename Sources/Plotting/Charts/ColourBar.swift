/// The key to colours that show numbers; one for all panels of a chart.
public struct ColourBar: Equatable, Sendable {
  /// What the colours show, in markup.
  public var label: String
  /// The numbers at the two ends.
  public var range: ClosedRange<Double>
  /// The colours.
  public var map: ColourMap
  /// How the numbers are written.
  public var tickFormat: TickFormat

  /// A colour bar; use the same range and map in the series.
  public init(
    _ label: String, range: ClosedRange<Double>, map: ColourMap = .viridis,
    tickFormat: TickFormat = .automatic
  ) {
    self.label = label
    self.range = range
    self.map = map
    self.tickFormat = tickFormat
  }

  /// The colouring of series that this bar is the key to.
  public var colouring: ScatterSeries.Colouring { .byValue(map, range: range) }
}
