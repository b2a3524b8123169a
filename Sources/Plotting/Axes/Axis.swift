/// An axis: what it measures, over which range, on which scale.
package struct Axis: Equatable, Sendable {
  /// Where the numbers of an axis begin and end.
  package enum Limits: Equatable, Sendable {
    /// All finite data with 5 % of room on both sides, and as much more as the texts in the panel need.
    case automatic
    /// Exactly these; data outside are counted in a note, not drawn.
    case fixed(ClosedRange<Double>)
  }

  /// What is measured, in Pango markup, with its unit.
  package var label: String
  /// The range.
  package var limits: Limits
  /// Linear or logarithmic.
  package var scale: AxisScale
  /// How the numbers at the ticks are written.
  package var tickFormat: TickFormat
  /// The colour of the label and the numbers; nil for black. For telling apart two y axes.
  package var colour: Colour?

  /// An axis labelled with Pango markup.
  package init(
    _ label: String, limits: Limits = .automatic, scale: AxisScale = .linear,
    tickFormat: TickFormat = .automatic, colour: Colour? = nil
  ) {
    self.label = label
    self.limits = limits
    self.scale = scale
    self.tickFormat = tickFormat
    self.colour = colour
  }
}
