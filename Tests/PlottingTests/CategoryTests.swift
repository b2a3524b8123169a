import Foundation
import Testing

@testable import Plotting

extension DrawingTests {
  struct CategoryTests {
    private let categories = ["first", "second", "third", "fourth", "fifth"]

    private func plot(_ points: [ScatterSeries.Point] = [], name: String? = nil) -> Plot {
      Plot(
        x: Axis("x", limits: .fixed(0...10)), y: Axis(categories: categories),
        layers: [
          .scatter(
            ScatterSeries(
              points, colouring: .uniform(Colour(hex: 0xFF00FF)), marker: Marker(diameter: 3), name: name))
        ], legend: .beside)
    }

    @Test("every category has its name at a whole number, however many there are, and no other tick")
    func names() throws {
      let many = (0..<40).map { "name \($0)" }
      let mapping = AxisMapping(Axis(categories: many), values: [])
      let ticks = mapping.ticks(target: 4)
      #expect(ticks.major == (0..<40).map(Double.init) && ticks.minor.isEmpty)
      #expect(ticks.major.map { mapping.markup($0, in: ticks) } == many)
      #expect(mapping.fraction(of: -0.5) == 0 && mapping.fraction(of: 39.5) == 1)
      #expect(!mapping.isAutomatic)
    }

    @Test("every second band is shaded, from the low end on, and a bar runs from end to end of its interval")
    func bandsAndBars() throws {
      let chart = Chart(
        panels: [Panel(plot: plot([.init(x: 5, y: 1, xInterval: 2...9)]))], columns: 1)
      let pixels = try PictureRenderer().pixels(of: chart)
      let shaded = pixels.values.count { $0 & 0xFFFFFF == 0xEFF2F5 }
      // Magenta and darker shades of it, as much red as blue and little green.
      let bar = pixels.values.indices.filter { index in
        let (red, green, blue) = (
          Int(pixels.values[index] >> 16 & 0xFF), Int(pixels.values[index] >> 8 & 0xFF),
          Int(pixels.values[index] & 0xFF)
        )
        return abs(red - blue) < 12 && red > green + 40
      }
      let columns = bar.map { $0 % pixels.width }
      // Three of five bands, but for what is drawn on them; the frame's size from the bar: 7 of 10 units.
      let width = Double((columns.max() ?? 0) - (columns.min() ?? 0)) / 7 * 10
      let rows = Set(
        pixels.values.indices.filter { pixels.values[$0] & 0xFFFFFF == 0xEFF2F5 }.map { $0 / pixels.width })
      let height = Double(rows.count) / 3 * 5
      #expect(width > 100 && height > 100)
      #expect(abs(Double(shaded) / (0.6 * width * height) - 1) < 0.05)
    }

    @Test(
      "a legend beside the frame lies right of it and inside the picture, and text boxes keep clear of bars")
    func legend() throws {
      let drawn = try PictureRenderer().pixels(
        of: Chart(panels: [Panel(plot: plot([.init(x: 5, y: 1)], name: "a rather long name"))], columns: 1))
      let plain = try PictureRenderer().pixels(
        of: Chart(panels: [Panel(plot: plot([.init(x: 5, y: 1)]))], columns: 1))
      func rightmost(_ pixels: Pixels, _ isMeant: (UInt32) -> Bool) -> Int {
        pixels.values.indices.filter { isMeant(pixels.values[$0] & 0xFFFFFF) }.map { $0 % pixels.width }.max()
          ?? 0
      }
      let isBand: (UInt32) -> Bool = { $0 == 0xEFF2F5 }
      // The frame makes room, and the name ends before the edge.
      #expect(rightmost(drawn, isBand) < rightmost(plain, isBand) - 100)
      let text = rightmost(drawn) { $0 < 0x808080 && $0 & 0xFF < 0x80 }
      #expect(text > rightmost(drawn, isBand) + 50 && text < drawn.width - 4)
      let frame = Rectangle(x: 0, y: 0, width: 100, height: 100)
      let obstacles = BoxPlacement.obstacles(
        of: ResolvedPlot(plot([.init(x: 5, y: 1, xInterval: 2...9)])), in: frame)
      #expect(obstacles.contains(Point(20, 70)) && obstacles.contains(Point(90, 70)))
    }

    @Test("all shapes of markers have about the circle's area", arguments: Marker.Shape.allCases)
    func areas(shape: Marker.Shape) {
      guard shape != .circle else { return }
      let points = Marker(shape, diameter: 2).path(at: Point(3, 4)).elements.compactMap { element in
        switch element {
        case .move(let point), .line(let point): point
        case .curve, .close: nil as Point?
        }
      }
      let doubled = points.indices.reduce(0.0) { sum, index in
        let (a, b) = (points[index], points[(index + 1) % points.count])
        return sum + a.x * b.y - b.x * a.y
      }
      #expect(abs(abs(doubled) / 2 / .pi - 1) < 0.2)
    }

    @Test("a line that runs straight up is a short upright line in the legend, any other a level one")
    func upright() {
      #expect(LineSeries([.init(x: 1, y: 0), .init(x: 1, y: 5)]).isUpright)
      #expect(!LineSeries([.init(x: 1, y: 0), .init(x: 2, y: 5)]).isUpright)
      #expect(!LineSeries([.init(x: 1, y: 0)]).isUpright)
    }
  }
}
