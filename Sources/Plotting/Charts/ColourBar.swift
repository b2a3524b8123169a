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

/// A colour for each number from 0 to 1.
package enum ColourMap: String, Sendable, CaseIterable {
  /// Dark violet over blue and green to yellow: perceptually even, readable with colour-vision
  /// deficiencies and in grey. By S. van der Walt and N. Smith (matplotlib 1.5, 2015), released under CC0.
  case viridis

  /// The colour at `fraction`; below 0 and above 1 the end colours.
  package func colour(at fraction: Double) -> Colour {
    let last = Self.viridisAnchors.count - 1
    let position = min(max(fraction, 0), 1) * Double(last)
    let index = min(Int(position), last - 1)
    return Colour(hex: Self.viridisAnchors[index]).mixed(
      with: Colour(hex: Self.viridisAnchors[index + 1]), fraction: position - Double(index))
  }

  /// Every fifth of the 256 colours of viridis; straight lines between them stay within 1/255 of the rest.
  private static let viridisAnchors: [UInt32] = [
    0x440154, 0x46085C, 0x471063, 0x481769, 0x481D6F, 0x482475, 0x472A7A, 0x46307E,
    0x453781, 0x433D84, 0x414287, 0x3F4889, 0x3D4E8A, 0x3A538B, 0x38598C, 0x355E8D,
    0x33638D, 0x31688E, 0x2E6D8E, 0x2C718E, 0x2A768E, 0x297B8E, 0x27808E, 0x25848E,
    0x23898E, 0x218E8D, 0x20928C, 0x1F978B, 0x1E9C89, 0x1FA188, 0x21A585, 0x24AA83,
    0x28AE80, 0x2EB37C, 0x35B779, 0x3DBC74, 0x46C06F, 0x50C46A, 0x5AC864, 0x65CB5E,
    0x70CF57, 0x7CD250, 0x89D548, 0x95D840, 0xA2DA37, 0xB0DD2F, 0xBDDF26, 0xCAE11F,
    0xD8E219, 0xE5E419, 0xF1E51D, 0xFDE725,
  ]
}
