import Foundation
import Testing

@testable import Plotting

extension DrawingTests {
  struct PictureRendererTests {
    @Test("a PNG has the signature, and two pixels for each point") func pngSize() throws {
      let png = try PictureRenderer().render(Dot(), as: .png)
      #expect(Array(png.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
      // The IHDR chunk follows: length, name, then width and height as 32-bit big-endian numbers.
      #expect(Array(png[16..<24]) == [0, 0, 0, 200, 0, 0, 0, 120])
    }

    @Test(
      "a chart has the same bytes twice, and after another picture was drawn",
      arguments: PictureFormat.allCases)
    func sameBytes(format: PictureFormat) throws {
      let first = try PictureRenderer().render(fullChart, as: format)
      #expect(try PictureRenderer().render(fullChart, as: format) == first)
      for other in PictureFormat.allCases { _ = try PictureRenderer().render(Dot(), as: other) }
      #expect(try PictureRenderer().render(fullChart, as: format) == first)
    }

    @Test("every id that an SVG uses is defined once in it, under the prefix") func svgIdentifiers() throws {
      let svg = String(
        decoding: try PictureRenderer(identifierPrefix: "fig3-").render(fullChart, as: .svg), as: UTF8.self)
      let defined = svg.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
      let used = svg.matches(of: /(?:href="#|url\(#)([^")]*)/).map { String($0.1) }
      #expect(defined.count > 10)
      #expect(Set(defined).count == defined.count)
      #expect(defined.allSatisfy { $0.hasPrefix("fig3-") })
      #expect(Set(used).isSubset(of: Set(defined)))
    }

    @Test("ids are numbered by first appearance, wherever that is") func renumbering() {
      let svg =
        ##"<g id="clip7"/><use xlink:href="#glyph2-1"/><a clip-path="url(#clip7)"/><g id="glyph2-1"/>"##
      let expected = ##"<g id="p0"/><use xlink:href="#p1"/><a clip-path="url(#p0)"/><g id="p1"/>"##
      #expect(SVGIdentifiers.renumbered(Array(svg.utf8), prefix: "p") == Array(expected.utf8))
    }

    @Test("a PDF carries the given date and no other") func pdfDate() throws {
      let renderer = PictureRenderer(creationDate: "2021-03-04T05:06:07Z")
      let pdf = String(decoding: try renderer.render(Dot(), as: .pdf), as: Unicode.ASCII.self)
      #expect(pdf.hasPrefix("%PDF-"))
      #expect(pdf.matches(of: /Date \((?:D:)?(\d{14})/).map { String($0.1) } == ["20210304050607"])
    }

    @Test("a date of another form is refused", arguments: ["2021-03-04", "", "2021-03-04T05:06:07+01", "x"])
    func wrongDate(date: String) {
      #expect(throws: PlottingError.invalidCreationDate(date)) {
        try PictureRenderer(creationDate: date).render(Dot(), as: .pdf)
      }
    }

    @Test("a family that is not installed is an error that names the package") func missingFont() {
      let renderer = PictureRenderer(
        creationDate: "1970-01-01T00:00:00Z", identifierPrefix: "p", fontFamily: "No Such Family")
      let error = #expect(throws: PlottingError.self) { try renderer.render(Dot(), as: .png) }
      #expect(error?.description.contains("fonts-dejavu-core") == true)
      #expect(error?.description.contains("No Such Family") == true)
    }

    /// A character for private use, which no font of a system has.
    static let missing = "\u{F1234}"

    @Test("a character that no font has is an error in every format", arguments: PictureFormat.allCases)
    func missingCharacter(format: PictureFormat) {
      // Many times: what Cairo writes after the error must not go where the bytes were.
      for _ in 0..<20 {
        #expect(throws: PlottingError.missingCharacters(family: "DejaVu Sans", markup: Self.missing)) {
          try PictureRenderer().render(Dot(markup: Self.missing), as: format)
        }
      }
      #expect(throws: PlottingError.missingCharacters(family: "DejaVu Sans", markup: Self.missing)) {
        try PictureRenderer().book([("one", Dot()), ("two", Dot(markup: Self.missing))])
      }
    }

    @Test(
      "a character that the font lacks comes from a font of the system that has it, and the font is named")
    func otherFont() throws {
      let renderer = PictureRenderer()
      let own = try renderer.otherFonts(for: [Text("log₁₀ P(f)", size: 9)])
      #expect(own == [[]])
      guard let other = try? renderer.otherFonts(for: [Text("漢", size: 9)]) else {
        // A system without such a font.
        #expect(throws: PlottingError.missingCharacters(family: "DejaVu Sans", markup: "漢")) {
          try renderer.render(Dot(markup: "漢"), as: .svg)
        }
        return
      }
      #expect(other.count == 1 && !other[0].isEmpty && !other[0].contains("DejaVu Sans"))
      #expect(try !renderer.render(Dot(markup: "漢"), as: .svg).isEmpty)
    }

    @Test(
      "markup that is broken or sets a colour is an error",
      arguments: ["<i>x", "a & b", #"<span color="red">x</span>"#])
    func invalidMarkup(markup: String) {
      let error = #expect(throws: PlottingError.self) {
        try PictureRenderer().render(Dot(markup: markup), as: .svg)
      }
      guard case .invalidMarkup(let refused, _) = error else {
        Issue.record("expected invalidMarkup, got \(String(describing: error))")
        return
      }
      #expect(refused == markup)
    }

    @Test("pictures asked for by many threads at once have the bytes that each has alone")
    func concurrently() async throws {
      let markups = (0..<12).map { "<i>x</i><sub>\($0)</sub>" }
      func file(_ number: Int) throws -> [UInt8] {
        try PictureRenderer().render(
          Dot(markup: markups[number % 12]), as: PictureFormat.allCases[number / 12])
      }
      let alone = try (0..<36).map(file)
      let together = try await withThrowingTaskGroup(of: (Int, [UInt8]).self) { group in
        for number in (0..<36).reversed() { group.addTask { (number, try file(number)) } }
        return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      #expect(alone == (0..<36).map { together[$0] })
    }

    @Test("a size without area is an error", arguments: [0.0, -1, .nan, .infinity]) func invalidSize(
      width: Double
    ) {
      #expect(throws: PlottingError.self) {
        try PictureRenderer().render(Dot(size: PictureSize(width: width, height: 10)), as: .png)
      }
    }

    @Test("a book has a page for each picture, of its size, with its title, and the same bytes each time")
    func book() throws {
      let small = Dot(size: PictureSize(width: 120, height: 60))
      let large = Dot(size: PictureSize(width: 300, height: 200))
      let pages: [(title: String, picture: any Picture)] = [("One", small), ("Two", large)]
      let bytes = try PictureRenderer().book(pages)
      #expect(try PictureRenderer().book(pages) == bytes)
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.contains("/MediaBox [ 0 0 120 60 ]") && text.contains("/MediaBox [ 0 0 300 200 ]"))
      #expect(text.contains("(One)") && text.contains("(Two)"))
    }

    @Test("what is placed at a scale lands there in that size") func placed() throws {
      struct Twice: Picture {
        var size: PictureSize { PictureSize(width: 300, height: 200) }
        func draw(on canvas: Canvas) {
          canvas.placed(at: Point(50, 40), scale: 2) { Dot().draw(on: canvas) }
        }
      }
      let filled = try PictureRenderer().pixels(of: Twice()).places(of: 0xD55E00)
      // The rectangle of 20 × 30 from (70, 10) is 40 × 60 from (190, 60), two pixels to the point.
      #expect(filled.count == 80 * 120)
      #expect(filled.map(\.column).min() == 380 && filled.map(\.row).min() == 120)
    }

    @Test("what is filled lands on its pixels, and the rest is white") func pixels() throws {
      let pixels = try PictureRenderer().pixels(of: Dot())
      let filled = pixels.places(of: 0xD55E00)
      // A rectangle of 20 × 30 points from (70, 10), two pixels to the point.
      #expect(filled.count == 40 * 60)
      #expect(filled.map(\.column).min() == 140 && filled.map(\.column).max() == 179)
      #expect(filled.map(\.row).min() == 20 && filled.map(\.row).max() == 79)
      #expect(pixels.values.last == 0xFFFFFF)
    }
  }
}

extension Pixels {
  /// Where the pixels of exactly this colour are.
  func places(of colour: UInt32) -> [(column: Int, row: Int)] {
    values.indices.filter { values[$0] == colour }.map { ($0 % width, $0 / width) }
  }
}
