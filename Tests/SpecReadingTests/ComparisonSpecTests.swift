@testable import SpecReading
import Specifications
import TestSupport
import Testing

@Suite("Comparisons of verdicts in specs")
struct ComparisonSpecTests {
  private static let claims =
    SampleSpecs.claims + """
        same:
          statement: The same.
          statistic: differing-verdicts
          threshold: 0
          strict: false
          rule: holds when equal

      """

  private func library(_ comparison: String, claim: String = "claim: tight}") throws -> SpecLibrary {
    let figure = """
      figure: "S19"
      title: More
      caption: A caption.
      runs:
        more: {from: {figure: "3", runs: small}}
      panels:
        - {id: a, kind: scatter, title: A, runs: more, x: log10-prior, y: generalization, \(claim)
      \(comparison)

      """
    var texts = SampleSpecs.texts
    texts["figS19.yml"] = figure
    texts["claims.yml"] = Self.claims
    return try SpecLibrary(texts: texts, folder: SampleSpecs.folder)
  }

  private func message(_ comparison: String, claim: String = "claim: tight}") -> String {
    let error = #expect(throws: SpecError.self) { try library(comparison, claim: claim) }
    return error?.description ?? ""
  }

  @Test("a figure may compare its panels' verdicts with another's")
  func read() throws {
    let library = try library("comparison: {claim: same, figure: \"3\", panels: {a: a}}")
    let figure = library.figures(profile: .quick).first { $0.id == "S19" }
    #expect(
      figure?.comparison
        == VerdictComparison(claim: "same", figure: "3", panels: [.init(own: "a", other: "a")]))
    #expect(library.figures(profile: .quick).first { $0.id == "3" }?.comparison == nil)
  }

  @Test("mistakes in it are found and named")
  func mistakes() {
    #expect(
      message("comparison: {claim: sme, figure: \"3\", panels: {a: a}}").contains("unknown claim 'sme'"))
    #expect(
      message("comparison: {claim: tight, figure: \"3\", panels: {a: a}}").contains("differing-verdicts"))
    #expect(
      message("comparison: {claim: same, figure: \"4\", panels: {a: a}}").contains("unknown figure '4'"))
    #expect(message("comparison: {claim: same, figure: \"3\", panels: {b: a}}").contains("unknown panel 'b'"))
    #expect(
      message("comparison: {claim: same, figure: \"3\", panels: {a: b}}").contains("panel with a claim"))
    #expect(message("", claim: "claim: same}").contains("the block 'comparison'"))
  }
}
