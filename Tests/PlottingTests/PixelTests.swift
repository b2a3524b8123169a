import Testing

@testable import Plotting

extension DrawingTests {
  @Suite("Pixels and their differences") struct PixelTests {
    @Test("a PNG that is read has the pixels that were drawn") func reading() throws {
      let renderer = PictureRenderer()
      let drawn = try renderer.pixels(of: fullChart)
      #expect(try Pixels(png: renderer.render(fullChart, as: .png)) == drawn)
      #expect(try Pixels(png: drawn.png()) == drawn)
    }

    @Test("bytes that are no whole PNG are refused, whatever size they state") func damage() throws {
      let whole = try Pixels(width: 2, height: 1, values: [1, 2]).png()
      #expect(throws: PlottingError.self) { try Pixels(png: Array(whole.prefix(whole.count / 2))) }
      #expect(throws: PlottingError.self) { try Pixels(png: []) }
      #expect(throws: PlottingError.self) {
        try Pixels(png: Array("GIF89a, and more than a header is long".utf8))
      }
      var huge = whole
      huge.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
      let error = #expect(throws: PlottingError.self) { try Pixels(png: huge) }
      #expect(error?.description.contains("2147483647") == true)
    }

    @Test("each pixel that is not the same is counted and marked, all others are pale") func difference() {
      let (white, black, grey) = (UInt32(0xFFFFFF), UInt32(0), UInt32(0x808080))
      let before = Pixels(width: 2, height: 2, values: [white, black, black, grey])
      let after = Pixels(width: 2, height: 2, values: [black, white, black, grey])
      let difference = PixelDifference(from: before, to: after)
      #expect(difference.changedCount == 2 && difference.changedShare == 0.5)
      // Blue where it became darker, vermillion where lighter, at full strength; a quarter of black is 0xC0.
      #expect(difference.picture.values == [0x0072B2, 0xD55E00, 0xC0C0C0, 0xE0E0E0])
      #expect(PixelDifference(from: before, to: before).changedCount == 0)
    }

    @Test("what only the larger picture has counts as changed") func sizes() {
      let small = Pixels(width: 1, height: 1, values: [0xFFFFFF])
      let large = Pixels(width: 2, height: 3, values: Array(repeating: 0xFFFFFF, count: 6))
      let difference = PixelDifference(from: small, to: large)
      #expect(difference.changedCount == 5 && difference.count == 6)
      #expect(difference.picture.width == 2 && difference.picture.height == 3)
    }

    @Test("an arrow joins its two places, and its tip is at the second") func arrows() throws {
      let move = ArrowSeries.Move(from: .init(x: 0, y: 0.5), to: .init(x: 1, y: 0.5))
      func drawn(_ moves: [ArrowSeries.Move]) throws -> [(column: Int, row: Int)] {
        let plot = Plot(
          x: Axis("x", limits: .fixed(-0.5...1.5)), y: Axis("y", limits: .fixed(0...1)),
          layers: [.arrows(ArrowSeries(moves))])
        return try PictureRenderer().pixels(of: Chart(panels: [Panel(plot: plot)], columns: 1))
          .places(of: 0xD55E00)
      }
      let places = try drawn([move])
      let (first, last) = (places.map(\.column).min() ?? 0, places.map(\.column).max() ?? 0)
      #expect(last - first > 100)
      // The head is the highest part of the arrow: in the last quarter, the right one.
      func height(_ columns: ClosedRange<Int>) -> Int {
        let rows = places.filter { columns.contains($0.column) }.map(\.row)
        return (rows.max() ?? 0) - (rows.min() ?? 0)
      }
      #expect(height((last - 10)...last) > height(first...(first + 10)))
      #expect(try drawn([.init(from: .init(x: .nan, y: 0), to: .init(x: 1, y: 0))]).isEmpty)
    }
  }
}
