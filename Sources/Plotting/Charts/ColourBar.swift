/// The key to colours that show numbers; one for all panels of a chart.
package struct ColourBar: Equatable, Sendable {
  /// What the colours show, in markup.
  package var label: String
  /// The numbers at the two ends.
  package var range: ClosedRange<Double>
  /// The colours.
  package var map: ColourMap
  /// How the numbers are written.
  package var tickFormat: TickFormat

  /// A colour bar; use the same range and map in the series.
  package init(
    _ label: String, range: ClosedRange<Double>, map: ColourMap = .viridis,
    tickFormat: TickFormat = .automatic
  ) {
    self.label = label
    self.range = range
    self.map = map
    self.tickFormat = tickFormat
  }

  /// The colouring of series that this bar is the key to.
  package var colouring: ScatterSeries.Colouring { .byValue(map, range: range) }
}
