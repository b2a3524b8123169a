import Testing

@testable import Plotting

extension DrawingTests {
  /// Numbers of a report that others wrote: a comparison draws them whatever they are.
  struct ExtremeNumberTests {
    private static let largest = Double.greatestFiniteMagnitude

    @Test(
      "a chart of the largest and the smallest numbers is drawn, with a box of text and arrows",
      arguments: [
        [-largest, largest], [largest, largest], [0, largest], [-largest, 0], [1e300, -1e300],
        [1e300, 1e-300],
        [.leastNonzeroMagnitude, 0], [.leastNonzeroMagnitude, -.leastNonzeroMagnitude], [.infinity, .nan],
        [1e16, 1e16.nextUp],
      ])
    func drawn(values: [Double]) throws {
      let points = values.map { ScatterSeries.Point(x: $0, y: $0) } + [ScatterSeries.Point(x: 1, y: 1)]
      let moves = points.map {
        ArrowSeries.Move(from: LineSeries.Point(x: $0.x, y: $0.y), to: LineSeries.Point(x: 1, y: 1))
      }
      let chart = Chart(
        panels: [
          Panel(
            plot: Plot(
              x: Axis("x"), y: Axis("y"),
              layers: [
                .scatter(ScatterSeries(points, colouring: .uniform(.blue), marker: Marker(), name: "named")),
                .arrows(ArrowSeries(moves)),
              ], text: TextBox(["<i>r</i> = 0.98"])))
        ], columns: 1)
      for format in [PictureFormat.png, .svg] {
        #expect(try !PictureRenderer().render(chart, as: format).isEmpty)
      }
    }
  }
}
