import Specifications
import Testing

@testable import Reporting

@Suite("Notes on measures in the methods")
struct MeasureNoteTests {
  @Test("every measure beyond the paper's has one, and every work that it names is cited with it alone")
  func references() throws {
    let ofThePaper: Set<MeasureKind> = [.sharpness, .prior, .hessian]
    #expect(
      Set(MeasureNote.all.map(\.kind)) == Set(MeasureKind.allCases).subtracting(ofThePaper)
        && MeasureNote.all.count == MeasureKind.allCases.count - ofThePaper.count)
    let always = Bibliography.references(for: [])
    #expect(always == Bibliography.references(for: ofThePaper))
    for note in MeasureNote.all {
      let cited = Bibliography.references(for: [note.kind]).filter { !always.contains($0) }
      let named = note.definition.matches(of: /([A-Z][\p{L}\-]+)(?: et al\.| and [A-Z][\p{L}\-]+)? (\d{4})/)
      #expect(!named.isEmpty && cited.count == named.count, "\(note.title)")
      for name in named {
        #expect(
          cited.contains { $0.text.contains(name.1) && $0.text.contains(name.2) },
          "\(name.1) \(name.2) of \(note.title)")
      }
    }
  }
}
