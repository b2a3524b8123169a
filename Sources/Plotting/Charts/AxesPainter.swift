/// Draws the frame of a plot, the ticks inside it on all four sides, the numbers and the labels.
struct AxesPainter {
  let resolved: ResolvedPlot
  let frame: Rectangle
  let canvas: Canvas
  var numberSize = ChartStyle.tickSize

  func draw() {
    let x = AxisTicks(
      resolved.x, length: frame.width, isHorizontal: true, numberSize: numberSize, canvas: canvas)
    let left = AxisTicks(
      resolved.left, length: frame.height, isHorizontal: false, numberSize: numberSize, canvas: canvas)
    drawTicks(x.ticks, resolved.x, from: [.bottom, .top])
    drawTicks(left.ticks, resolved.left, from: resolved.right == nil ? [.left, .right] : [.left])
    drawNumbers(x, resolved.x, edge: .bottom)
    drawNumbers(left, resolved.left, edge: .left)
    if let right = resolved.right {
      let ticks = AxisTicks(
        right, length: frame.height, isHorizontal: false, numberSize: numberSize, canvas: canvas)
      drawTicks(ticks.ticks, right, from: [.right])
      drawNumbers(ticks, right, edge: .right)
    }
    canvas.stroke(Path(frame), with: Stroke(.black, width: ChartStyle.frameWidth))
  }

  private enum Edge { case left, right, top, bottom }

  private func drawTicks(_ ticks: Ticks, _ mapping: AxisMapping, from edges: [Edge]) {
    // Categories have bands.
    guard mapping.axis.categories.isEmpty else { return }
    for (values, length, width) in [
      (ticks.minor, ChartStyle.minorTick, ChartStyle.minorTickWidth),
      (ticks.major, ChartStyle.majorTick, ChartStyle.frameWidth),
    ] {
      var path = Path()
      for value in values {
        guard let fraction = mapping.fraction(of: value) else { continue }
        for edge in edges {
          let start = place(fraction, on: edge)
          path.move(to: start)
          path.line(to: inwards(from: start, edge, by: length))
        }
      }
      canvas.stroke(path, with: Stroke(.black, width: width))
    }
  }

  private func place(_ fraction: Double, on edge: Edge) -> Point {
    switch edge {
    case .left: Point(frame.minX, frame.maxY - fraction * frame.height)
    case .right: Point(frame.maxX, frame.maxY - fraction * frame.height)
    case .top: Point(frame.minX + fraction * frame.width, frame.minY)
    case .bottom: Point(frame.minX + fraction * frame.width, frame.maxY)
    }
  }

  private func inwards(from point: Point, _ edge: Edge, by length: Double) -> Point {
    switch edge {
    case .left: Point(point.x + length, point.y)
    case .right: Point(point.x - length, point.y)
    case .top: Point(point.x, point.y + length)
    case .bottom: Point(point.x, point.y - length)
    }
  }

  private func drawNumbers(_ ticks: AxisTicks, _ mapping: AxisMapping, edge: Edge) {
    for (tick, label) in zip(ticks.ticks.major, ticks.labels) {
      guard let fraction = mapping.fraction(of: tick) else { continue }
      let start = place(fraction, on: edge)
      let outside = inwards(from: start, edge, by: -ChartStyle.tickGap)
      switch edge {
      case .left: canvas.draw(label, at: outside, anchor: Anchor(.right, .middle))
      case .right: canvas.draw(label, at: outside, anchor: Anchor(.left, .middle))
      case .top, .bottom:
        // A common baseline, whether or not a number has an exponent.
        let baseline = outside.y + (ticks.extents.map(\.baseline).max() ?? 0)
        canvas.draw(label, at: Point(outside.x, baseline), anchor: Anchor(.centre, .baseline))
      }
    }
    drawLabel(mapping.axis, beyond: ticks, edge: edge)
  }

  private func drawLabel(_ axis: Axis, beyond ticks: AxisTicks, edge: Edge) {
    guard !axis.label.isEmpty else { return }
    let isHorizontal = edge == .bottom
    let label = ChartStyle.fitted(
      axis.label, size: ChartStyle.labelSize, colour: axis.colour ?? .black,
      to: (isHorizontal ? frame.width : frame.height) + 8, canvas: canvas)
    let gap = ChartStyle.tickGap + ChartStyle.labelGap
    switch edge {
    case .bottom, .top:
      let y = frame.maxY + gap + ticks.highestLabel
      canvas.draw(label, at: Point(frame.centre.x, y), anchor: Anchor(.centre, .top))
    case .left:
      let x = frame.minX - gap - ticks.widestLabel
      canvas.draw(label, at: Point(x, frame.centre.y), anchor: Anchor(.centre, .bottom), angle: -.pi / 2)
    case .right:
      let x = frame.maxX + gap + ticks.widestLabel
      canvas.draw(label, at: Point(x, frame.centre.y), anchor: Anchor(.centre, .top), angle: -.pi / 2)
    }
  }
}
