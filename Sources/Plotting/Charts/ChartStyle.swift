/// The measures that all charts share, in points.
enum ChartStyle {
  static let labelSize = 9.0
  static let tickSize = 8.0
  static let letterSize = 10.0
  /// The size of the numbers along an inset.
  static let insetTickSize = 6.5
  static let textBoxSize = 8.0
  static let frameWidth = 0.7
  static let majorTick = 3.5
  static let minorTick = 2.0
  static let minorTickWidth = 0.5
  /// Half the stroke across the end of a bar.
  static let barCap = 1.8
  /// The gap between a frame and the numbers beside it.
  static let tickGap = 3.5
  /// The gap between the numbers and the label.
  static let labelGap = 4.0
  /// The gap between the outermost element and the edge of the cell.
  static let edge = 5.0
  /// The gap between a frame and boxes inside it.
  static let boxMargin = 7.0
  /// How far the white under a box reaches beyond it.
  static let boxPadding = 2.0
  /// The gap between a frame and a legend beside it.
  static let legendGap = 8.0
  /// Every second band of categories: seen beside white, and no hindrance to what lies on it.
  static let bandColour = Colour(hex: 0xEFF2F5)

  /// `markup` at `size`, or at the smaller size at which it fits into `length`, down to 6 points.
  static func fitted(
    _ markup: String, size: Double, isBold: Bool = false, colour: Colour = .black, to length: Double,
    canvas: Canvas
  ) -> Text {
    let text = Text(markup, size: size, isBold: isBold, colour: colour, alignment: .centre)
    let width = canvas.measure(text).width
    guard width > length, width > 0 else { return text }
    var smaller = text
    smaller.size = max(6, size * length / width)
    return smaller
  }
}
