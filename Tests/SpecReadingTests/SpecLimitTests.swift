import SpecReading
import TestSupport
import Testing

/// What a report would trap on, or never end, after runs that are done for nothing: the reader refuses it.
@Suite("What specs may not ask for")
struct SpecLimitTests {
  /// One spoilt line of Figure 3, where the error has to point, and what it has to say.
  struct Limit: CustomTestStringConvertible, Sendable {
    let old: String
    let new: String
    let place: String
    let words: String
    var testDescription: String { String(new.prefix(60)) }
  }

  private static let panels = """
    panels:
      - {id: a, kind: scatter, title: A, runs: small, x: log10-prior, y: generalization, claim: tight}
      - {id: b, kind: unavailable, title: B, reason: not yet}
    """

  static let limits: [Limit] = [
    Limit(
      old: panels, new: "panels: []", place: "18:9",
      words: "'panels' is a list of 0, and must be one of 1 to 60 panels"),
    Limit(
      old: panels,
      new: "panels:\n"
        + (100..<161).map { "  - {id: '\($0)', kind: unavailable, title: B, reason: no}" }.joined(
          separator: "\n"),
      place: "19:3", words: "'panels' is a list of 61"),
    Limit(
      old: "figure: \"3\"", new: "figure: \(String(repeating: "a", count: 17))", place: "1:9",
      words: "1 to 16 letters and digits"),
    Limit(
      old: "kernel: nngp", new: "kernel: monte-carlo, initialisationsPerPoint: 1", place: "16:21",
      words: "'kernel' is monte-carlo, and must be nngp for a fully connected network"),
    Limit(
      old: "hidden: [8, 4]", new: "hidden: [10000000, 10000000]", place: "7:34",
      words: "layers of at most 100000000 weights together"),
    Limit(
      old: "samplesPerSize: 5 ", new: "samplesPerSize: 20001 ", place: "14:23", words: "from 1 to 20000"),
    Limit(
      old: "train: 50,", new: "train: 99981,", place: "6:60",
      words: "at most 100000 together, to have a prior"),
    Limit(
      old: "test: 20}", new: "test: 20, substitute: {name: cifar10, task: automobile-vs-cat}}",
      place: "6:109",
      words: "'name' is cifar10, and must be images of 1 channel of 28 × 28"),
  ]

  @Test("each is refused at its place", arguments: limits)
  func limit(_ limit: Limit) throws {
    try #require(SampleSpecs.figure3.contains(limit.old))
    let error = #expect(throws: SpecError.self) {
      try SampleSpecs.library(replacing: limit.old, with: limit.new)
    }
    let message = try #require(error).description
    #expect(message.hasPrefix("specs/fig3.yml:\(limit.place): "), "\(message)")
    #expect(message.contains(limit.words), "\(message)")
  }

  @Test("as many initialisations as no machine can make are refused, not counted beyond what an Int holds")
  func initialisations() throws {
    let residual = SampleSpecs.figure3
      .replacing(
        "{kind: fcn, hidden: [8, 4], biasStandardDeviation: 1}",
        with: "{kind: resnet50, biasStandardDeviation: 1}"
      )
      .replacing("name: mnist, task: digits-0-4-vs-5-9", with: "name: cifar10, task: automobile-vs-cat")
      .replacing("sharpness/mnist-fcn, ", with: "")
      .replacing("kernel: nngp", with: "kernel: monte-carlo, initialisationsPerPoint: 1e300")
    let error = #expect(throws: SpecError.self) {
      try SampleSpecs.library(replacing: SampleSpecs.figure3, with: residual)
    }
    #expect(
      error?.description.contains(
        "'initialisationsPerPoint' is 1e300, and must be above 0 and at most 1000000") == true)
  }

  @Test("a comparison of no panels is refused")
  func emptyComparison() throws {
    let claims =
      SampleSpecs.claims + """
          alike: {statement: A, statistic: differing-verdicts, threshold: 1, strict: true, rule: holds}

        """
    var texts = SampleSpecs.texts
    texts["claims.yml"] = claims
    texts["figS5.yml"] = SampleSpecs.figureS5 + "comparison: {claim: alike, figure: \"3\", panels: {}}\n"
    let error = #expect(throws: SpecError.self) { try SpecLibrary(texts: texts, folder: "specs") }
    #expect(
      error?.description.contains("specs/figS5.yml:11:49: 'panels' is empty") == true,
      "\(String(describing: error))")
  }
}
