/// Puts the names of reference lines beside them, where the least is beneath: on either side of a vertical line, above or
/// below a horizontal one.
struct ReferenceLabels {
  let resolved: ResolvedPlot
  let frame: Rectangle
  let occupied: [Rectangle]
  let canvas: Canvas

  private static let gap = 3.0

  /// A name with its place.
  private struct Label {
    let text: Text
    let isVertical: Bool
    let box: Rectangle
    /// How much of the data it covers, in points and steps along lines; other names and boxes count for more.
    let cost: Int
  }

  func draw() {
    for label in labels {
      canvas.fill(Path(label.box.inset(by: 0.5)), with: .white.withOpacity(0.8))
      let corner = Point(label.box.minX, label.isVertical ? label.box.maxY : label.box.minY)
      canvas.draw(
        label.text, at: corner, anchor: Anchor(.left, .top), angle: label.isVertical ? -.pi / 2 : 0)
    }
  }

  /// How much the names of horizontal lines cover, which a larger vertical range may spare.
  var costOfHorizontal: Int { labels.filter { !$0.isVertical }.reduce(0) { $0 + $1.cost } }

  private var labels: [Label] {
    if resolved.plot.references.isEmpty { return [] }
    let obstacles = BoxPlacement.obstacles(of: resolved, in: frame)
    var taken = occupied
    var labels: [Label] = []
    for reference in resolved.plot.references {
      let (markup, isVertical) =
        switch reference {
        case .vertical(_, let label): (label, true)
        case .horizontal(_, let label): (label, false)
        }
      guard !markup.isEmpty else { continue }
      let text = Text(markup, size: ChartStyle.tickSize, colour: .grey)
      let extents = canvas.measure(text)
      let boxes = candidates(for: reference, length: extents.width, thickness: extents.height)
      let costs = boxes.map { box in
        obstacles.count { box.inset(by: -0.5).contains($0) } + 1000 * taken.count { $0.overlaps(box) }
          + (isInside(box) ? 0 : 100_000)
      }
      guard let best = costs.indices.min(by: { costs[$0] < costs[$1] }) else { continue }
      taken.append(boxes[best])
      labels.append(Label(text: text, isVertical: isVertical, box: boxes[best], cost: costs[best]))
    }
    return labels
  }

  private func isInside(_ box: Rectangle) -> Bool {
    box.minX >= frame.minX && box.maxX <= frame.maxX && box.minY >= frame.minY && box.maxY <= frame.maxY
  }

  private func candidates(for reference: Reference, length: Double, thickness: Double) -> [Rectangle] {
    let margin = ChartStyle.boxMargin
    switch reference {
    case .vertical(let value, _):
      guard let fraction = resolved.x.fraction(of: value), (0...1).contains(fraction) else { return [] }
      let x = frame.minX + fraction * frame.width
      let lefts = [x + Self.gap - 1, x - Self.gap + 1 - thickness]
      // The ends first, of places as free as one another.
      let room = frame.height - 2 * margin - length
      let tops = [0, 8, 4, 1, 7, 2, 6, 3, 5].map { frame.minY + margin + Double($0) / 8 * room }
      return tops.flatMap { top in
        lefts.map { Rectangle(x: $0, y: top, width: thickness, height: length) }
      }
    case .horizontal(let value, _):
      guard let fraction = resolved.left.fraction(of: value), (0...1).contains(fraction) else { return [] }
      let y = frame.maxY - fraction * frame.height
      let tops = [y - Self.gap + 1 - thickness, y + Self.gap - 1]
      let lefts = [frame.maxX - margin - length, frame.minX + margin, frame.centre.x - length / 2]
      return lefts.flatMap { left in
        tops.map { Rectangle(x: left, y: $0, width: length, height: thickness) }
      }
    }
  }
}
