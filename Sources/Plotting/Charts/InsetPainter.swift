/// A plot inside another: how much room it needs with its numbers, and how it is drawn there.
struct InsetPainter {
  /// The inset's frame as a part of the frame around it.
  private static let (width, height) = (0.29, 0.28)

  let resolved: ResolvedPlot
  /// The size of the whole inset with its numbers, in points.
  let size: PictureSize
  /// The frame, relative to the upper left corner of the whole.
  private let frame: Rectangle

  init(_ plot: Plot, inside outer: Rectangle, canvas: Canvas) {
    resolved = ResolvedPlot(plot)
    let (width, height) = (Self.width * outer.width, Self.height * outer.height)
    func ticks(_ mapping: AxisMapping, isHorizontal: Bool) -> AxisTicks {
      AxisTicks(
        mapping, length: isHorizontal ? width : height, isHorizontal: isHorizontal,
        numberSize: ChartStyle.insetTickSize, canvas: canvas)
    }
    let x = ticks(resolved.x, isHorizontal: true)
    let left = ticks(resolved.left, isHorizontal: false).widestLabel + ChartStyle.tickGap
    let right =
      resolved.right.map { ticks($0, isHorizontal: false).widestLabel + ChartStyle.tickGap }
      ?? x.widestLabel / 2
    // Half of the highest number stands above the frame.
    let top = x.highestLabel / 2
    frame = Rectangle(x: left, y: top, width: width, height: height)
    size = PictureSize(
      width: left + width + right, height: top + height + ChartStyle.tickGap + x.highestLabel)
  }

  /// Draws the inset in `box`, of its ``size``.
  func draw(in box: Rectangle, on canvas: Canvas) {
    let frame = Rectangle(
      x: box.minX + frame.minX, y: box.minY + frame.minY, width: frame.width, height: frame.height)
    canvas.fill(Path(box.inset(by: -2), cornerRadius: 2), with: .white)
    LayersPainter(resolved: resolved, frame: frame, canvas: canvas).draw()
    AxesPainter(
      resolved: resolved, frame: frame, canvas: canvas, numberSize: ChartStyle.insetTickSize
    ).draw()
  }
}
