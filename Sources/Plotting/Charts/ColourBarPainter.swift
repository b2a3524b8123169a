/// Draws a colour bar with its numbers and its label.
struct ColourBarPainter {
  let bar: ColourBar
  /// The slot beside the panels, as high as their frames.
  let frame: Rectangle
  let canvas: Canvas

  /// The width that a chart sets aside for a bar, in points.
  static let width = 58.0
  private static let barWidth = 9.0
  private static let gap = 6.0
  private static let tick = 2.5

  /// The width that this bar needs: ``width`` unless its numbers are long.
  static func neededWidth(_ bar: ColourBar, height: Double, canvas: Canvas) -> Double {
    let ticks = AxisTicks(mapping(bar), length: height, isHorizontal: false, canvas: canvas)
    let label = canvas.measure(Text(bar.label, size: ChartStyle.labelSize))
    return max(
      width,
      gap + barWidth + tick + 2.5 + ticks.widestLabel + ChartStyle.labelGap + label.height + ChartStyle.edge)
  }

  private static func mapping(_ bar: ColourBar) -> AxisMapping {
    AxisMapping(Axis(bar.label, limits: .fixed(bar.range), tickFormat: bar.tickFormat), values: [])
  }

  func draw() {
    let mapping = Self.mapping(bar)
    let ticks = AxisTicks(mapping, length: frame.height, isHorizontal: false, canvas: canvas)
    let box = Rectangle(
      x: frame.minX + Self.gap, y: frame.minY, width: Self.barWidth, height: frame.height)
    canvas.fill(box, withGradient: (0...51).map { bar.map.colour(at: Double($0) / 51) })
    var marks = Path()
    for (tick, label) in zip(ticks.ticks.major, ticks.labels) {
      guard let fraction = mapping.fraction(of: tick) else { continue }
      let y = box.maxY - fraction * box.height
      marks.move(to: Point(box.maxX, y))
      marks.line(to: Point(box.maxX + Self.tick, y))
      canvas.draw(label, at: Point(box.maxX + Self.tick + 2.5, y), anchor: Anchor(.left, .middle))
    }
    canvas.stroke(marks, with: Stroke(.black, width: ChartStyle.frameWidth))
    canvas.stroke(Path(box), with: Stroke(.black, width: ChartStyle.frameWidth))
    let label = ChartStyle.fitted(
      bar.label, size: ChartStyle.labelSize, to: frame.height, canvas: canvas)
    let x = box.maxX + Self.tick + 2.5 + ticks.widestLabel + ChartStyle.labelGap
    canvas.draw(label, at: Point(x, box.centre.y), anchor: Anchor(.centre, .top), angle: -.pi / 2)
  }
}
