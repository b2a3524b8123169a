import Foundation

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
  /// The largest number that there can be, beyond which nothing is marked though a range that grew for texts may go on;
  /// nil where there is none.
  package var largest: Double?
  /// The colour of the label and the numbers; nil for black. For telling apart two y axes.
  package var colour: Colour?
  /// The names, in markup, that stand at 0, 1, 2, … in place of numbers; none on an axis of numbers. Every
  /// second band of ±½ around them is shaded.
  package private(set) var categories: [String] = []

  /// An axis labelled with Pango markup.
  package init(
    _ label: String, limits: Limits = .automatic, scale: AxisScale = .linear,
    tickFormat: TickFormat = .automatic, largest: Double? = nil, colour: Colour? = nil
  ) {
    self.label = label
    self.limits = limits
    self.scale = scale
    self.tickFormat = tickFormat
    self.largest = largest
    self.colour = colour
  }

  /// An axis of categories, named from its low end on, in markup.
  package init(categories: [String]) {
    self.init("", limits: .fixed(-0.5...max(Double(categories.count) - 0.5, 0.5)))
    self.categories = categories
  }
}

/// How numbers become distances along an axis.
package enum AxisScale: String, Sendable, CaseIterable {
  /// Distance ∝ x.
  case linear
  /// Distance ∝ log10 x, for x > 0.
  case log10

  /// The coordinate in which distances are even: x or log10 x; NaN where there is none.
  func coordinate(of value: Double) -> Double {
    switch self {
    case .linear: value
    case .log10: value > 0 ? Foundation.log10(value) : .nan
    }
  }

  /// The number at a coordinate.
  func value(at coordinate: Double) -> Double {
    switch self {
    case .linear: coordinate
    case .log10: pow(10, coordinate)
    }
  }
}
