import Foundation
import Plotting
import RunStorage
import Testing

@testable import Figures

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// All tests here that draw: one after the other, since drawing is not safe on two threads at once.
@Suite("Rendered figures", .serialized)
struct RenderingTests {
  private func pictures(_ picture: any Picture, id: String = "fig3") throws -> FigurePictures {
    try FigurePictures(picture, id: id, creationDate: "1970-01-01T00:00:00Z")
  }

  private func check(_ pictures: FigurePictures) {
    #expect(pictures.png.starts(with: [0x89] + Array("PNG\r\n".utf8)))
    #expect(pictures.pdf.starts(with: Array("%PDF-".utf8)))
    #expect(XMLParser(data: Data(pictures.svg)).parse())
    #expect(String(decoding: pictures.svg, as: UTF8.self).contains("<path"))
    // Twice the size, in the IHDR chunk: big-endian width and height at bytes 16 and 20.
    func number(_ at: Int) -> Int { pictures.png[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    #expect(number(16) == 2 * pictures.width)
    #expect(number(20) == 2 * pictures.height)
  }

  @Test("both diagrams render in all three formats")
  func schematics() throws {
    for picture: any Picture in [BasinSchematic(), FunctionInterpretationSchematic()] {
      check(try pictures(picture))
    }
  }

  @Test("a chart renders, with runs that did not converge, with missing values, and with no run at all")
  func charts() throws {
    var found = SampleRecords.six
    found[1].status = .notConverged
    found[2].sharpness = nil
    found[3] = .init(status: .failed, loss: nil)
    let whole = try pictures(SampleRecords.result(SampleRecords.six).picture)
    let broken = try pictures(SampleRecords.result(found).picture)
    check(whole)
    check(broken)
    check(try pictures(SampleRecords.result([], attackSizes: []).picture))
    #expect(whole.svg != broken.svg)
  }

  @Test("the same result gives the same bytes, and another id other identifiers in the SVG")
  func repeatable() throws {
    let picture = try SampleRecords.result(SampleRecords.six).picture
    let first = try pictures(picture)
    _ = try pictures(BasinSchematic())
    #expect(try pictures(picture) == first)
    let other = try pictures(picture, id: "fig9")
    #expect(other.png == first.png)
    #expect(other.svg != first.svg)
  }
}
