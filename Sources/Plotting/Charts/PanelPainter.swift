/// Draws one panel into its frame.
struct PanelPainter {
  let panel: Panel
  let frame: Rectangle
  let cell: Rectangle
  let canvas: Canvas

  func draw() {
    drawHeading()
    switch panel.content {
    case .plot(let plot): draw(plot)
    case .unavailable(let reason): drawUnavailable(reason)
    }
  }

  /// The plot with its ranges settled, its boxes and their places. The vertical range grows, if it may, until neither
  /// boxes nor the names of horizontal lines cover data.
  static func resolved(
    _ plot: Plot, frame: Rectangle, mayGrow: Bool, canvas: Canvas
  ) -> (resolved: ResolvedPlot, boxes: PlotBoxes, places: [Rectangle]) {
    let plain = ResolvedPlot(plot)
    let boxes = PlotBoxes(plain, frame: frame, canvas: canvas)
    var best: (placement: BoxPlacement, cost: Int)?
    for (low, high) in mayGrow && plain.left.isAutomatic ? growthsForNames : [(0, 0)] {
      let placement = BoxPlacement(
        plain, requests: boxes.requests, frame: frame, mayGrow: mayGrow, extraLow: low, extraHigh: high)
      let cost = ReferenceLabels(
        resolved: placement.resolved, frame: frame, occupied: placement.boxes, canvas: canvas
      ).costOfHorizontal
      if cost < best?.cost ?? .max { best = (placement, cost) }
      if cost == 0 { break }
    }
    guard let best else { preconditionFailure("expected a range to be tried") }
    return (best.placement.resolved, boxes, best.placement.boxes)
  }

  private static let growthsForNames: [(low: Double, high: Double)] = [
    (0, 0), (0, 0.06), (0.06, 0), (0.06, 0.06), (0, 0.12), (0.12, 0), (0.12, 0.12),
  ]

  private func drawHeading() {
    let baseline = frame.minY - 6
    if !panel.letter.isEmpty {
      let letter = Text(Text.escaped(panel.letter), size: ChartStyle.letterSize, isBold: true)
      canvas.draw(letter, at: Point(cell.minX + 4, baseline), anchor: Anchor(.left, .baseline))
    }
    if !panel.title.isEmpty {
      let title = ChartStyle.fitted(
        panel.title, size: ChartStyle.labelSize, to: frame.width, canvas: canvas)
      canvas.draw(title, at: Point(frame.centre.x, baseline), anchor: Anchor(.centre, .baseline))
    }
  }

  private func drawUnavailable(_ reason: String) {
    let box = Path(frame, cornerRadius: 3)
    canvas.fill(box, with: Colour(hex: 0xF4F4F4))
    canvas.stroke(box, with: Stroke(Colour(hex: 0xC8C8C8), width: 0.7, dash: [3, 2.5]))
    let text = Text(
      reason, size: ChartStyle.labelSize, colour: .grey, alignment: .centre,
      lineWidth: max(20, frame.width - 30))
    let extents = canvas.measure(text)
    canvas.draw(
      text, at: Point(frame.centre.x, frame.centre.y - extents.height / 2), anchor: Anchor(.centre, .top))
  }

  private func draw(_ plot: Plot) {
    let (resolved, boxes, places) = Self.resolved(plot, frame: frame, mayGrow: true, canvas: canvas)
    LayersPainter(resolved: resolved, frame: frame, canvas: canvas).draw()
    if resolved.isEmpty(in: frame) {
      let text = Text("no points to draw", size: ChartStyle.labelSize, colour: .grey)
      canvas.draw(text, at: frame.centre, anchor: Anchor(.centre, .middle))
    }
    AxesPainter(resolved: resolved, frame: frame, canvas: canvas).draw()
    boxes.draw(in: places, on: canvas)
    ReferenceLabels(resolved: resolved, frame: frame, occupied: places, canvas: canvas).draw()
  }
}
