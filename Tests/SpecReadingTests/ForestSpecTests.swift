import SpecReading
import Specifications
import TestSupport
import Testing

@Suite("Specs of forest plots")
struct ForestSpecTests {
  private static let scatter =
    "{id: a, kind: scatter, title: A, runs: small, x: log10-prior, y: generalization, claim: tight}"

  /// The sample specs with a forest as panel a.
  private func library(
    runs: String = "[small]", measures: String = "[log10-prior, flatness]", claim: String = "tight",
    statistic: String = "robustness"
  ) throws -> SpecLibrary {
    var texts = SampleSpecs.texts
    texts["fig3.yml"] = texts["fig3.yml"]?.replacing(
      Self.scatter,
      with:
        "{id: a, kind: forest, title: A, runs: \(runs), y: generalization, measures: \(measures), claim: \(claim)}"
    )
    texts["claims.yml"] = texts["claims.yml"]?.replacing("pearson", with: statistic)
    return try SpecLibrary(texts: texts, folder: "specs")
  }

  @Test("groups and quantities are read in their order")
  func read() throws {
    let figure = try #require(library().figures(profile: .paper).first { $0.id == "3" })
    #expect(
      figure.panels[0].content
        == .forest(
          runs: ["small"],
          PanelSpec.ForestAxes(y: .generalization, measures: [.log10Prior, .flatness])))
    #expect(figure.panels[0].runs == ["small"] && figure.panels[0].kind == .forest)
  }

  @Test(
    "a mistake in the lists, or a quantity that a group does not measure, is told",
    arguments: [
      ("[]", "[log10-prior, flatness]", "'runs' is a list of 0"),
      ("small", "[log10-prior, flatness]", "'runs' must be a list"),
      ("[small, smal]", "[log10-prior, flatness]", "unknown run group 'smal'"),
      ("[small, small]", "[log10-prior, flatness]", "the run group 'small' appears twice"),
      ("[small]", "[log10-prior, flatnes]", "unknown quantity 'flatnes'"),
      ("[small]", "[flatness, log10-prior, flatness]", "the quantity 'flatness' appears twice"),
      ("[small]", "[log10-prior, flatness, margin]", "shows margin, which the runs 'small' do not measure"),
    ])
  func mistakes(runs: String, measures: String, words: String) {
    let error = #expect(throws: SpecError.self) { try library(runs: runs, measures: measures) }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "no mistake")")
  }

  @Test("robustness is judged on a forest with the prior and a measure of flatness, and on nothing else")
  func claims() throws {
    for measures in ["[log10-prior]", "[flatness]", "[log10-prior, log10-sharpness]"] {
      let error = #expect(throws: SpecError.self) { try library(measures: measures) }
      #expect(error?.description.contains("needs the prior and a measure of flatness") == true)
    }
    let other = #expect(throws: SpecError.self) { try library(statistic: "spearman") }
    #expect(other?.description.contains("it needs a scatter") == true)
    let scatter = #expect(throws: SpecError.self) {
      try SampleSpecs.library("claims.yml", replacing: "pearson", with: "robustness")
    }
    #expect(scatter?.description.contains("it needs a forest") == true)
  }
}
