import TestSupport
import Testing

@testable import SpecReading

@Suite("Choosing figures")
struct FigureSelectionTests {
  private func select(_ list: String) throws -> [String] {
    let figures = try SampleSpecs.library().figures(profile: .quick)
    return try FigureSelection.figures(list, among: figures).map(\.id)
  }

  @Test("ids are found in any case, order and repetition, and come back in the paper's order")
  func found() throws {
    #expect(try select("3") == ["3"])
    #expect(try select("s5, 3,S5") == ["3", "S5"])
  }

  @Test("an unknown id is an error that names the known ones and the nearest")
  func unknown() throws {
    let error = #expect(throws: SpecError.unknownFigure("S4", known: ["3", "S5"])) { try select("3,S4") }
    let message = try #require(error).description
    #expect(message == "there is no figure 'S4'; did you mean 'S5'? Known: 3, S5")
  }

  @Test("an empty list, or an empty place in it, is an error", arguments: ["", ",", "3,", "3,,S5"])
  func empty(list: String) {
    let error = #expect(throws: SpecError.unknownFigure("", known: ["3", "S5"])) { try select(list) }
    #expect(error?.description == "a figure's id is missing in the list of figures; known: 3, S5")
  }
}
