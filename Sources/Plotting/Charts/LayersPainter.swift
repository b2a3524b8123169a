/// Draws the bands of categories, the marked numbers of a plot and, over them, its points and lines.
struct LayersPainter {
  let resolved: ResolvedPlot
  let frame: Rectangle
  let canvas: Canvas

  func draw() {
    canvas.clipped(to: frame) {
      drawBands()
      for reference in resolved.plot.references { draw(reference) }
      for layer in resolved.plot.layers { draw(layer) }
    }
  }

  /// Every second band of an axis of categories.
  private func drawBands() {
    func spans(_ mapping: AxisMapping) -> [ClosedRange<Double>] {
      mapping.axis.categories.indices.filter { $0.isMultiple(of: 2) }.compactMap { index in
        guard let low = mapping.fraction(of: Double(index) - 0.5),
          let high = mapping.fraction(of: Double(index) + 0.5)
        else { return nil }
        return low...high
      }
    }
    let across = spans(resolved.x).map {
      Rectangle(
        x: frame.minX + $0.lowerBound * frame.width, y: frame.minY,
        width: ($0.upperBound - $0.lowerBound) * frame.width, height: frame.height)
    }
    let up = spans(resolved.left).map {
      Rectangle(
        x: frame.minX, y: frame.maxY - $0.upperBound * frame.height, width: frame.width,
        height: ($0.upperBound - $0.lowerBound) * frame.height)
    }
    for band in across + up { canvas.fill(Path(band), with: ChartStyle.bandColour) }
  }

  private func draw(_ layer: Plot.Layer) {
    switch layer {
    case .scatter(let series):
      let places = resolved.places(of: series, in: frame)
      for (point, _) in places {
        for bar in resolved.bars(of: point, in: frame) {
          draw(bar: bar, colour: series.colour(of: point).mixed(with: .black, fraction: 0.4))
        }
      }
      for (point, place) in places {
        series.marker.draw(at: place, colour: series.colour(of: point), on: canvas)
      }
      for (point, place, side) in resolved.infinitePlaces(of: series, in: frame) {
        series.marker.draw(at: place, towards: side, colour: series.colour(of: point), on: canvas)
      }
    case .line(let series):
      for part in resolved.parts(of: series, in: frame) {
        canvas.stroke(Path(through: part), with: series.stroke)
      }
    case .arrows(let series):
      for arrow in resolved.arrows(of: series, in: frame) { arrow.draw(on: canvas) }
    }
  }

  /// A thin line with a short stroke across each end.
  private func draw(bar: (from: Point, to: Point), colour: Colour) {
    let isHorizontal = bar.from.y == bar.to.y
    let (across, down) = isHorizontal ? (0, ChartStyle.barCap) : (ChartStyle.barCap, 0)
    let stroke = Stroke(colour, width: 0.7)
    canvas.stroke(Path(through: [bar.from, bar.to]), with: stroke)
    for end in [bar.from, bar.to] {
      canvas.stroke(
        Path(through: [Point(end.x - across, end.y - down), Point(end.x + across, end.y + down)]),
        with: stroke)
    }
  }

  private func draw(_ reference: Reference) {
    let ends: [Point]
    switch reference {
    case .vertical(let value, _):
      guard let fraction = resolved.x.fraction(of: value) else { return }
      let x = frame.minX + fraction * frame.width
      ends = [Point(x, frame.maxY), Point(x, frame.minY)]
    case .horizontal(let value, _):
      guard let fraction = resolved.left.fraction(of: value) else { return }
      let y = frame.maxY - fraction * frame.height
      ends = [Point(frame.minX, y), Point(frame.maxX, y)]
    }
    canvas.stroke(Path(through: ends), with: Stroke(.grey, width: 0.8, dash: [3.5, 2.2]))
  }
}
