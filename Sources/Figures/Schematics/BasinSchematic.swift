import Foundation
package import Plotting

/// Figure 1: a loss landscape with two zero-error basins. The large one belongs to a function with a large
/// prior probability that generalizes well, the small one to a function with a small one; inside the large
/// basin there are flat and sharp places.
///
/// Drawn from the paper's words (section 4 and the caption of its Figure 1), not from its picture.
package struct BasinSchematic: Picture, Equatable {
  /// The drawing.
  package init() {}

  /// In points.
  package var size: PictureSize { PictureSize(width: 500, height: 250) }

  private var area: Rectangle { Rectangle(x: 34, y: 16, width: 452, height: 180) }
  private var landscape: LossLandscape { LossLandscape() }

  private static let large = Colour.blue
  private static let small = Colour.vermillion
  private static let flat = Colour.bluishGreen
  private static let sharp = Colour.reddishPurple.mixed(with: .black, fraction: 0.25)

  /// Draws the diagram.
  package func draw(on canvas: Canvas) {
    let wide = landscape.basin(around: landscape.flatSpot)
    let narrow = landscape.basin(around: landscape.smallBasin)
    fillBasin(wide, Self.large, canvas)
    fillBasin(narrow, Self.small, canvas)
    drawThreshold(after: narrow.upperBound, canvas)
    canvas.stroke(curve(0.012...0.985), with: Stroke(.black, width: 1.6, isRound: true))
    drawSpot(
      landscape.minimum(near: landscape.flatSpot), label: "flat", Self.flat, halfWidth: 38, canvas)
    drawSpot(
      landscape.minimum(near: landscape.sharpSpot), label: "sharp", Self.sharp, halfWidth: 12, canvas)
    drawAxes(canvas)
    drawName("<i>f</i><sub>1</sub>", of: wide, Self.large, canvas)
    drawName("<i>f</i><sub>2</sub>", of: narrow, Self.small, canvas)
    drawVolume(
      wide, Self.large, canvas,
      lines: [
        "<b>large volume</b>:  large <i>P</i>(<i>f</i><sub>1</sub>)",
        "<i>f</i><sub>1</sub> generalizes well",
      ])
    drawVolume(
      narrow, Self.small, canvas,
      lines: [
        "<b>small volume</b>:  small <i>P</i>(<i>f</i><sub>2</sub>)",
        "<i>f</i><sub>2</sub> generalizes poorly",
      ])
  }

  private func place(_ u: Double, _ loss: Double) -> Point {
    Point(area.minX + u * area.width, area.maxY - loss * area.height)
  }

  private func points(_ range: ClosedRange<Double>) -> [Point] {
    let count = max(8, Int((range.upperBound - range.lowerBound) * 160))
    return (0...count).map { i in
      let u = range.lowerBound + (range.upperBound - range.lowerBound) * Double(i) / Double(count)
      return place(u, landscape.loss(u))
    }
  }

  private func curve(_ range: ClosedRange<Double>) -> Path { Path(smoothThrough: points(range)) }

  private func fillBasin(_ basin: ClosedRange<Double>, _ colour: Colour, _ canvas: Canvas) {
    var outline = curve(basin)
    outline.close()
    canvas.fill(outline, with: colour.withOpacity(0.16))
    // Guides from the two ends of the basin down to its brace.
    for end in [basin.lowerBound, basin.upperBound] {
      let guide = Path(through: [place(end, landscape.threshold), Point(place(end, 0).x, area.maxY + 5)])
      canvas.stroke(guide, with: Stroke(colour, width: 0.6, dash: [1.2, 1.8]))
    }
  }

  private func drawThreshold(after end: Double, _ canvas: Canvas) {
    let ends = [place(0, landscape.threshold), place(1, landscape.threshold)]
    canvas.stroke(Path(through: ends), with: Stroke(.grey, width: 0.7, dash: [4, 2.5]))
    canvas.draw(
      Text("zero error on <i>S</i>", size: 8, colour: .grey),
      at: Point(area.maxX, ends[1].y + 4), anchor: Anchor(.right, .top))
  }

  /// A place on the floor: the bend of the curve around it, a dot and a name.
  private func drawSpot(
    _ u: Double, label: String, _ colour: Colour, halfWidth: Double, _ canvas: Canvas
  ) {
    let spot = place(u, landscape.loss(u))
    let half = halfWidth / area.width
    canvas.stroke(curve((u - half)...(u + half)), with: Stroke(colour, width: 3, isRound: true))
    canvas.fill(Path(circleAt: spot, radius: 2.6), with: .white)
    canvas.stroke(Path(circleAt: spot, radius: 2.6), with: Stroke(colour, width: 1.2))
    canvas.draw(
      Text(label, size: 9.5, isBold: true, colour: colour), at: Point(spot.x, spot.y - 31),
      anchor: Anchor(.centre, .baseline))
    Arrow(
      from: Point(spot.x, spot.y - 27), to: Point(spot.x, spot.y - 5), stroke: Stroke(colour, width: 0.9),
      head: 4.5
    ).draw(on: canvas)
  }

  private func drawAxes(_ canvas: Canvas) {
    let origin = Point(area.minX, area.maxY)
    let line = Stroke(.black, width: 0.9)
    Arrow(from: origin, to: Point(area.maxX + 8, area.maxY), stroke: line, head: 6).draw(on: canvas)
    Arrow(from: origin, to: Point(area.minX, area.minY - 8), stroke: line, head: 6).draw(on: canvas)
    canvas.draw(
      Text("parameters <i>θ</i>", size: 9), at: Point(area.maxX + 6, area.maxY + 5),
      anchor: Anchor(.right, .top))
    canvas.draw(
      Text("loss <i>L</i>(<i>θ</i>)", size: 9), at: Point(area.minX - 9, area.minY + area.height / 2),
      anchor: Anchor(.centre, .bottom), angle: -.pi / 2)
  }

  private func drawName(
    _ markup: String, of basin: ClosedRange<Double>, _ colour: Colour, _ canvas: Canvas
  ) {
    let top = place((basin.lowerBound + basin.upperBound) / 2, landscape.threshold)
    canvas.draw(
      Text(markup, size: 12, colour: colour.mixed(with: .black, fraction: 0.2)),
      at: Point(top.x, top.y + 15), anchor: Anchor(.centre, .baseline))
  }

  private func drawVolume(
    _ basin: ClosedRange<Double>, _ colour: Colour, _ canvas: Canvas, lines: [String]
  ) {
    let brace = Brace(
      from: place(basin.lowerBound, 0).x, to: place(basin.upperBound, 0).x, top: area.maxY + 7)
    canvas.stroke(brace.path, with: Stroke(colour, width: 1.1, isRound: true))
    canvas.draw(
      Text(
        lines.joined(separator: "\n"), size: 9, colour: colour.mixed(with: .black, fraction: 0.2),
        alignment: .centre),
      at: Point(brace.tip.x, brace.tip.y + 5), anchor: Anchor(.centre, .top))
  }
}
