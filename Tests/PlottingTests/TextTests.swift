import Testing

@testable import Plotting

extension DrawingTests {
  struct TextTests {
    private func measure(_ texts: [Text]) throws -> [TextExtents] {
      let surface = try Surface(
        size: PictureSize(width: 10, height: 10), format: .png, creationDate: "1970-01-01T00:00:00Z")
      let canvas = try Canvas(
        surface: surface, fonts: FontLibrary(FontMap(family: "DejaVu Sans")), textAsOutlines: true)
      defer { #expect(throws: Never.self) { try canvas.finish() } }
      return texts.map(canvas.measure)
    }

    @Test("a subscript is narrower than the letters beside it and reaches lower") func subscripts() throws {
      let sizes = try measure([
        Text("log", size: 9), Text("log<sub>10</sub>", size: 9), Text("log10", size: 9),
        Text("10<sup>2</sup>", size: 9), Text("10", size: 9),
      ])
      let (plain, subscripted, flat, power, ten) = (sizes[0], sizes[1], sizes[2], sizes[3], sizes[4])
      #expect(subscripted.width > plain.width && subscripted.width < flat.width)
      // Digits do not descend, so the subscript alone decides how far the ink goes below “10”.
      #expect(power.ink.minY - power.baseline < ten.ink.minY - ten.baseline - 0.5)
      // 0.7 of two digits' width, to a twentieth of a point.
      #expect(abs((subscripted.width - plain.width) - 0.7 * (flat.width - plain.width)) < 0.05)
    }

    @Test("the size of a text is proportional to its point size") func proportional() throws {
      let sizes = try measure([Text("Generalization", size: 8), Text("Generalization", size: 16)])
      // Without hinting metrics scale; the units are 1/1024 of a point per letter.
      #expect(abs(sizes[1].width - 2 * sizes[0].width) < 0.05)
    }

    @Test("a set width breaks lines, and escaping keeps signs of markup") func lines() throws {
      let sizes = try measure([
        Text("not available yet", size: 9, lineWidth: 40), Text(Text.escaped("a < b & c > d"), size: 9),
      ])
      #expect(sizes[0].lineCount >= 2 && sizes[0].width <= 45)
      #expect(sizes[1].lineCount == 1)
    }
  }
}
