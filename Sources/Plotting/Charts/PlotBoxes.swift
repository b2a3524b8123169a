/// The text box, the legend and the insets of a plot: their contents, sizes and drawing.
struct PlotBoxes {
  let text: Text?
  let entries: [(layer: Plot.Layer, name: Text)]
  let insets: [InsetPainter]
  let requests: [BoxPlacement.Request]
  /// The legend, where it stands beside the frame.
  let legendBeside: Rectangle?

  /// The width of the samples: lines need more than markers.
  private let sampleWidth: Double
  private static let sampleGap = 5.0
  private static let rowHeight = 11.5

  init(_ resolved: ResolvedPlot, frame: Rectangle, canvas: Canvas) {
    let plot = resolved.plot
    let lines = (plot.text?.lines ?? []) + resolved.notes(in: frame)
    text = lines.isEmpty ? nil : Text(lines.joined(separator: "\n"), size: ChartStyle.textBoxSize)
    entries = plot.layers.compactMap { layer in
      layer.name.map { (layer, Text($0, size: ChartStyle.textBoxSize)) }
    }
    let hasLines = entries.contains { entry in
      switch entry.layer {
      case .scatter: false
      case .line(let series): !series.isUpright
      case .arrows: true
      }
    }
    sampleWidth = hasLines ? 16 : 6
    var requests: [BoxPlacement.Request] = []
    if let text {
      let extents = canvas.measure(text)
      var corner: Corner?
      if case .corner(let chosen) = plot.text?.place { corner = chosen }
      requests.append(
        .init(
          size: PictureSize(width: extents.width, height: extents.height),
          places: corner.map { [$0.place] } ?? BoxPlacement.corners))
    }
    let widest = entries.map { canvas.measure($0.name).width }.max() ?? 0
    let legend = PictureSize(
      width: sampleWidth + Self.sampleGap + widest, height: Self.rowHeight * Double(entries.count))
    let isBeside = !entries.isEmpty && plot.legend == .beside
    legendBeside =
      isBeside
      ? Rectangle(
        x: frame.maxX + ChartStyle.legendGap, y: frame.minY, width: legend.width, height: legend.height) : nil
    if !entries.isEmpty, !isBeside {
      requests.append(.init(size: legend, places: BoxPlacement.corners))
    }
    insets = plot.insets.map { InsetPainter($0, inside: frame, canvas: canvas) }
    requests += insets.map { .init(size: $0.size, places: BoxPlacement.everywhere) }
    self.requests = requests
  }

  /// Draws all; `boxes` are the places found for ``requests``, in their order.
  func draw(in boxes: [Rectangle], on canvas: Canvas) {
    var remaining = boxes[...]
    if let text, let box = remaining.popFirst() {
      canvas.fill(
        Path(box.inset(by: -ChartStyle.boxPadding), cornerRadius: 2), with: .white.withOpacity(0.85))
      canvas.draw(text, at: Point(box.minX, box.minY), anchor: Anchor(.left, .top))
    }
    if !entries.isEmpty, let box = legendBeside ?? remaining.popFirst() {
      canvas.fill(
        Path(box.inset(by: -ChartStyle.boxPadding), cornerRadius: 2), with: .white.withOpacity(0.85))
      for (row, entry) in entries.enumerated() {
        let y = box.minY + (Double(row) + 0.5) * Self.rowHeight
        drawSample(entry.layer, from: Point(box.minX, y), on: canvas)
        canvas.draw(
          entry.name, at: Point(box.minX + sampleWidth + Self.sampleGap, y),
          anchor: Anchor(.left, .middle))
      }
    }
    for (inset, box) in zip(insets, remaining) { inset.draw(in: box, on: canvas) }
  }

  private func drawSample(_ layer: Plot.Layer, from start: Point, on canvas: Canvas) {
    switch layer {
    case .scatter(let series):
      series.marker.draw(
        at: Point(start.x + sampleWidth / 2, start.y), colour: series.legendColour, on: canvas)
    case .line(let series) where series.isUpright:
      let (x, half) = (start.x + sampleWidth / 2, 0.4 * Self.rowHeight)
      canvas.stroke(Path(through: [Point(x, start.y - half), Point(x, start.y + half)]), with: series.stroke)
    case .line(let series):
      canvas.stroke(
        Path(through: [start, Point(start.x + sampleWidth, start.y)]), with: series.stroke)
    case .arrows(let series):
      series.arrow(from: start, to: Point(start.x + sampleWidth, start.y)).draw(on: canvas)
    }
  }
}
