import Foundation
import Testing

@testable import Plotting

extension DrawingTests {
  struct ChartTests {
    /// The chart's only plot.
    private func onlyPlot(of chart: Chart) throws -> Plot {
      guard case .plot(let plot) = try #require(chart.panels.first).content else {
        throw NoPlot()
      }
      return plot
    }

    private struct NoPlot: Error {}

    private func chart(_ points: [ScatterSeries.Point], limits: Axis.Limits = .automatic) -> Chart {
      let series = ScatterSeries(
        points, colouring: .uniform(Colour(hex: 0xFF00FF)), marker: Marker(isFilled: false, diameter: 9))
      return Chart(
        panels: [
          Panel(
            plot: Plot(x: Axis("x", limits: limits), y: Axis("y", limits: limits), layers: [.scatter(series)])
          )
        ], columns: 1)
    }

    /// The rectangle of exactly black lines, which is the frame: rows and columns of mostly black pixels.
    private func frame(in pixels: Pixels) -> (left: Double, right: Double, top: Double, bottom: Double)? {
      func isDark(_ value: UInt32) -> Bool { value & 0xFF < 160 && value != 0xFF00FF }
      let columns = (0..<pixels.width).filter { c in
        (0..<pixels.height).count { isDark(pixels.values[$0 * pixels.width + c]) } > pixels.height / 2
      }
      let rows = (0..<pixels.height).filter { r in
        (0..<pixels.width).count { isDark(pixels.values[r * pixels.width + $0]) } > pixels.width / 2
      }
      // A line can cover two rows of pixels: take the middle of each group.
      func ends(_ lines: [Int], _ middle: Int) -> (Double, Double)? {
        let (low, high) = (lines.filter { $0 < middle }, lines.filter { $0 >= middle })
        guard !low.isEmpty, !high.isEmpty else { return nil }
        func centre(_ group: [Int]) -> Double { Double(group.reduce(0, +)) / Double(group.count) + 0.5 }
        return (centre(low), centre(high))
      }
      guard let (left, right) = ends(columns, pixels.width / 2),
        let (top, bottom) = ends(rows, pixels.height / 2)
      else { return nil }
      return (left, right, top, bottom)
    }

    /// 20 × 20 points.
    private var grid: [ScatterSeries.Point] {
      (0..<400).map { ScatterSeries.Point(x: Double($0 % 20), y: Double($0 / 20)) }
    }

    private func isMarker(_ value: UInt32) -> Bool {
      value >> 16 & 0xFF > 200 && value >> 8 & 0xFF < 100 && value & 0xFF > 200
    }

    @Test("a point lies where its numbers say, to one pixel", arguments: [(2.0, 3.0), (7.5, 1.25), (5, 9)])
    func placement(x: Double, y: Double) throws {
      let pixels = try PictureRenderer().pixels(of: chart([.init(x: x, y: y)], limits: .fixed(0...10)))
      let frame = try #require(self.frame(in: pixels))
      let places = pixels.values.indices.filter { isMarker(pixels.values[$0]) }.map {
        (x: Double($0 % pixels.width) + 0.5, y: Double($0 / pixels.width) + 0.5)
      }
      #expect(places.count > 20)
      let centreX = places.map(\.x).reduce(0, +) / Double(places.count)
      let centreY = places.map(\.y).reduce(0, +) / Double(places.count)
      #expect(abs(centreX - (frame.left + x / 10 * (frame.right - frame.left))) < 1)
      #expect(abs(centreY - (frame.bottom - y / 10 * (frame.bottom - frame.top))) < 1)
    }

    @Test("the bars of a point end where their numbers say, to two pixels, and belong to the range")
    func bars() throws {
      let point = ScatterSeries.Point(x: 6, y: 5, xInterval: 4...8, yInterval: 3...7)
      let pixels = try PictureRenderer().pixels(of: chart([point], limits: .fixed(0...10)))
      let frame = try #require(self.frame(in: pixels))
      // The marker's colour, darkened.
      let places = pixels.values.indices.filter { index in
        let value = pixels.values[index]
        let (red, green) = (Int(value >> 16 & 0xFF), Int(value >> 8 & 0xFF))
        return red - green > 60 && red < 200
      }.map { (x: Double($0 % pixels.width) + 0.5, y: Double($0 / pixels.width) + 0.5) }
      func across(_ x: Double) -> Double { frame.left + x / 10 * (frame.right - frame.left) }
      func down(_ y: Double) -> Double { frame.bottom - y / 10 * (frame.bottom - frame.top) }
      let (left, right) = try #require(places.map(\.x).min().map { ($0, places.map(\.x).max() ?? $0) })
      let (top, bottom) = try #require(places.map(\.y).min().map { ($0, places.map(\.y).max() ?? $0) })
      #expect(abs(left - across(4)) < 2 && abs(right - across(8)) < 2)
      #expect(abs(top - down(7)) < 2 && abs(bottom - down(3)) < 2)
      let resolved = ResolvedPlot(try onlyPlot(of: chart([point])))
      #expect(resolved.x.coordinates.contains(4) && resolved.x.coordinates.contains(8))
      #expect(resolved.left.coordinates.contains(3) && resolved.left.coordinates.contains(7))
    }

    @Test(
      "points that have no place are left out and counted", arguments: [Double.nan, .infinity, -.infinity])
    func notFinite(bad: Double) throws {
      let good = [ScatterSeries.Point(x: 1, y: 1), .init(x: 2, y: 2)]
      let bads = [
        ScatterSeries.Point(x: bad, y: bad), .init(x: bad, y: .nan), .init(x: .nan, y: 1),
        .init(x: 1, y: .nan),
        .init(x: 1, y: 1, value: bad), .init(x: bad, y: 1, value: .nan),
      ]
      let resolved = ResolvedPlot(try onlyPlot(of: chart(good + bads)))
      let frame = Rectangle(x: 0, y: 0, width: 100, height: 100)
      #expect(resolved.places(of: ScatterSeries(good + bads), in: frame).map(\.point) == good)
      #expect(resolved.infinitePlaces(of: ScatterSeries(good + bads), in: frame).isEmpty)
      #expect(resolved.notes(in: frame) == ["<small>6 points not finite</small>"])
      #expect(try !PictureRenderer().render(chart(bads), as: .pdf).isEmpty)
    }

    @Test("a point at infinity is a triangle at that side of the frame, level with its other number")
    func infinite() throws {
      let frame = Rectangle(x: 0, y: 0, width: 100, height: 100)
      let points = [
        ScatterSeries.Point(x: 0, y: 0), .init(x: .infinity, y: 2), .init(x: -.infinity, y: 5),
        .init(x: 3, y: .infinity), .init(x: 10, y: -.infinity),
      ]
      let resolved = ResolvedPlot(try onlyPlot(of: chart(points)))
      let found = resolved.infinitePlaces(of: ScatterSeries(points), in: frame)
      #expect(found.map(\.point) == Array(points.dropFirst()))
      #expect(found.map(\.side) == [.right, .left, .top, .bottom])
      #expect(resolved.notes(in: frame) == ["<small>4 points at infinity (triangles)</small>"])
      // The numbers that they have belong to the ranges.
      #expect(resolved.x.coordinates.contains(10) && resolved.left.coordinates.contains(5))
      for (point, place, side) in found {
        let isAcross = side == .left || side == .right
        let level = try #require(
          resolved.place(x: isAcross ? 0 : point.x, y: isAcross ? point.y : 0, in: frame))
        #expect(isAcross ? place.y == level.y : place.x == level.x)
        let distance =
          switch side {
          case .left: place.x
          case .right: 100 - place.x
          case .top: place.y
          case .bottom: 100 - place.y
          }
        #expect(abs(distance - Marker().diameter) < 1e-9)
      }
      // The triangle points to its side: most of its colour lies away from the tip.
      let pixels = try PictureRenderer().pixels(of: chart([.init(x: 1, y: 1), .init(x: .infinity, y: 2)]))
      let coloured = pixels.values.indices.filter { isMarker(pixels.values[$0]) }
        .map { (column: $0 % pixels.width, row: $0 / pixels.width) }.filter { $0.column > pixels.width / 2 }
      let rows = Dictionary(grouping: coloured, by: \.column)
      let heights = rows.sorted { $0.key < $1.key }.map { $0.value.map(\.row) }
        .map { ($0.max() ?? 0) - ($0.min() ?? 0) }
      let (base, tip) = (try #require(heights.first), try #require(heights.last))
      #expect(tip < base)
    }

    @Test("points by the hundred have smaller markers") func crowd() {
      #expect(Marker(among: 55) == Marker() && Marker(among: 1000).diameter < Marker().diameter)
    }

    @Test("points outside fixed limits are counted") func outside() throws {
      let plot = try onlyPlot(of: chart([.init(x: 1, y: 1), .init(x: 11, y: 1)], limits: .fixed(0...10)))
      let notes = ResolvedPlot(plot).notes(in: Rectangle(x: 0, y: 0, width: 100, height: 100))
      #expect(notes == ["<small>1 point outside the axes</small>"])
    }

    @Test("a panel without data draws a box instead of axes") func unavailable() throws {
      let missing = Chart(panels: [.unavailable("not available yet", letter: "(b)")], columns: 1)
      let pixels = try PictureRenderer().pixels(of: missing)
      #expect(pixels.places(of: 0xF4F4F4).count > pixels.values.count / 2)
      #expect(frame(in: pixels) == nil)
    }

    @Test("the size is that of the panels and the bar; a short last row counts") func size() {
      #expect(fullChart.rows == 2)
      #expect(fullChart.size == PictureSize(width: 558, height: 420))
    }

    private let frame = Rectangle(x: 30, y: 20, width: 200, height: 160)

    /// Where a box is put in a plot of `points`, and the plot before and after.
    private func placed(
      _ size: PictureSize, among points: [ScatterSeries.Point], at places: [BoxPlacement.Place]
    ) throws -> (box: Rectangle, before: ResolvedPlot, after: ResolvedPlot) {
      let plot = ResolvedPlot(
        Plot(x: Axis("x"), y: Axis("y"), layers: [.scatter(ScatterSeries(points))]))
      let placement = BoxPlacement(
        plot, requests: [BoxPlacement.Request(size: size, places: places)], frame: frame, mayGrow: true)
      return (try #require(placement.boxes.first), plot, placement.resolved)
    }

    @Test(
      "text in a corner covers no point, whatever corner the points leave free", arguments: Corner.allCases)
    func corners(free: Corner) throws {
      // A grid of points everywhere but in one quarter.
      let points = grid.filter { point in
        (point.x < 10) != free.isLeft || (point.y >= 10) != free.isTop
      }
      let size = PictureSize(width: 70, height: 40)
      let (box, before, after) = try placed(size, among: points, at: BoxPlacement.corners)
      #expect(box == free.place.box(size, in: frame))
      #expect(after.left == before.left)
    }

    @Test("where every corner is taken the range grows until the text covers nothing") func growth() throws {
      let (box, _, after) = try placed(
        PictureSize(width: 70, height: 30), among: grid, at: BoxPlacement.corners)
      let obstacles = BoxPlacement.obstacles(of: after, in: frame)
      #expect(obstacles.count == 400 && obstacles.allSatisfy { !box.contains($0) })
    }

    @Test("growth for a second box puts no point under the first") func growthForTwo() throws {
      // Only the upper left is free, and not of much.
      let points = grid.filter { $0.x + 19 - $0.y > 9 }
      let plot = ResolvedPlot(Plot(x: Axis("x"), y: Axis("y"), layers: [.scatter(ScatterSeries(points))]))
      let size = PictureSize(width: 70, height: 30)
      let placement = BoxPlacement(
        plot,
        requests: [
          BoxPlacement.Request(size: size, places: BoxPlacement.corners),
          BoxPlacement.Request(size: size, places: [Corner.bottomRight.place]),
        ], frame: frame, mayGrow: true)
      let obstacles = BoxPlacement.obstacles(of: placement.resolved, in: frame)
      #expect(placement.boxes.count == 2 && obstacles.count == points.count)
      for box in placement.boxes {
        // Neither the white under a box nor a marker's half beyond it.
        let taken = box.inset(by: -2 - 2.6)
        #expect(obstacles.allSatisfy { !taken.contains($0) })
      }
    }

    @Test("the range grows until the name of a line above a curve covers none of it") func nameOfLine() throws
    {
      // It rises at once, and stays just below the line.
      let rise = (0...100).map { LineSeries.Point(x: Double($0), y: 1 - exp(-Double($0) / 4)) }
      let plot = Plot(
        x: Axis("step"), y: Axis("loss"), layers: [.line(LineSeries(rise))],
        references: [.horizontal(1.01, label: "the largest that any search has found")])
      let surface = try Surface(
        size: PictureSize(width: 250, height: 210), format: .png, creationDate: "1970-01-01T00:00:00Z")
      let canvas = try Canvas(
        surface: surface, fonts: FontLibrary(FontMap(family: "DejaVu Sans")), textAsOutlines: true)
      func cost(mayGrow: Bool) -> Int {
        let (resolved, _, places) = PanelPainter.resolved(
          plot, frame: frame, mayGrow: mayGrow, canvas: canvas)
        return ReferenceLabels(resolved: resolved, frame: frame, occupied: places, canvas: canvas)
          .costOfHorizontal
      }
      #expect(cost(mayGrow: false) > 0)
      #expect(cost(mayGrow: true) == 0)
      try canvas.finish()
    }

    @Test("an inset finds the one free place, which is in no corner") func freePlace() throws {
      // Points everywhere but in the middle.
      let points = grid.filter { !(5...14).contains($0.x) || !(5...14).contains($0.y) }
      let (box, before, after) = try placed(
        PictureSize(width: 80, height: 60), among: points, at: BoxPlacement.everywhere)
      #expect(after.left == before.left)
      #expect(BoxPlacement.obstacles(of: before, in: frame).allSatisfy { !box.contains($0) })
    }

    @Test("an inset is drawn inside the frame, its numbers too, and hides no line of the plot around it")
    func inset() throws {
      let line = (0...100).map { LineSeries.Point(x: Double($0), y: $0 == 50 ? 40 : Double($0) / 50) }
      let part = Array(line[45...55])
      let plot = Plot(
        x: Axis("epoch"), y: Axis("sharpness"), right: Axis("prior"),
        layers: [.line(LineSeries(line)), .line(LineSeries(line, colour: .vermillion, side: .right))],
        insets: [
          Plot(
            x: Axis(""), y: Axis(""), right: Axis(""),
            layers: [.line(LineSeries(part)), .line(LineSeries(part, colour: .vermillion, side: .right))])
        ])
      func drawn(_ plot: Plot) throws -> Pixels {
        try PictureRenderer().pixels(of: Chart(panels: [Panel(plot: plot)], columns: 1))
      }
      var bare = plot
      bare.insets = []
      #expect(try drawn(plot) != drawn(bare))
      let surface = try Surface(
        size: PictureSize(width: 250, height: 210), format: .png, creationDate: "1970-01-01T00:00:00Z")
      let canvas = try Canvas(
        surface: surface, fonts: FontLibrary(FontMap(family: "DejaVu Sans")), textAsOutlines: true)
      let frame = Rectangle(x: 40, y: 20, width: 180, height: 150)
      let (resolved, boxes, places) = PanelPainter.resolved(
        plot, frame: frame, mayGrow: true, canvas: canvas)
      try canvas.finish()
      let box = try #require(places.first)
      #expect(boxes.insets.count == 1)
      #expect(box.minX >= frame.minX && box.maxX <= frame.maxX)
      #expect(box.minY >= frame.minY && box.maxY <= frame.maxY)
      #expect(box.width >= 0.29 * frame.width && box.height >= 0.28 * frame.height)
      #expect(BoxPlacement.obstacles(of: resolved, in: frame).allSatisfy { !box.contains($0) })
    }
  }
}
