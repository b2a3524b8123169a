import Testing

@testable import Plotting

/// All tests that draw: one after the other, since drawing is not safe on two threads at once.
@Suite("Drawing", .serialized) enum DrawingTests {}

/// A picture of one filled rectangle and one text.
struct Dot: Picture {
  var size = PictureSize(width: 100, height: 60)
  var markup = "log<sub>10</sub> <i>P</i>(<i>f</i>)"

  func draw(on canvas: Canvas) {
    canvas.fill(Path(Rectangle(x: 70, y: 10, width: 20, height: 30)), with: .vermillion)
    canvas.draw(Text(markup, size: 9), at: Point(4, 30), anchor: Anchor(.left, .middle))
  }
}

/// A chart that uses everything: points, lines, both y axes, references, a colour bar, a missing panel.
let fullChart: Chart = {
  let bar = ColourBar("|<i>A</i>|", range: 0...500)
  var points: [ScatterSeries.Point] = []
  for i in 0..<40 {
    let value = i == 3 ? Double.nan : 12.5 * Double(i)
    points.append(ScatterSeries.Point(x: Double((i * 37) % 40), y: Double((i * i) % 61), value: value))
  }
  let scatter = Plot(
    x: Axis("log<sub>10</sub> <i>P</i>(<i>f</i>)"), y: Axis("accuracy (%)"),
    layers: [.scatter(ScatterSeries(points, colouring: bar.colouring, name: "runs"))],
    text: TextBox(["<i>r</i> = 0.98", "<i>n</i> = 39"]))
  let line = (1...50).map { LineSeries.Point(x: Double($0), y: Double($0 * $0)) }
  let lines = Plot(
    x: Axis("epoch"), y: Axis("sharpness", scale: .log10), right: Axis("prior"),
    layers: [.line(LineSeries(line, name: "a")), .line(LineSeries(line, dash: [3, 1], side: .right))],
    references: [.vertical(20, label: "zero error"), .horizontal(100, label: "limit")])
  return Chart(
    panels: [
      Panel(letter: "(a)", title: "first", plot: scatter), Panel(letter: "(b)", plot: lines),
      .unavailable(letter: "(c)"),
    ], columns: 2, colourBar: bar)
}()
