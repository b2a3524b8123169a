@testable import SpecReading
import Encodings
import Specifications
import TestSupport
import Testing

@Suite("The block dataset of a spec")
struct DatasetBlockTests {
  private static let line = "name: mnist, task: digits-0-4-vs-5-9,"

  private func group(_ more: String) throws -> RunGroup {
    let library = try SampleSpecs.library(replacing: Self.line, with: "\(Self.line) \(more)")
    return try #require(library.figures(profile: .paper).first { $0.id == "3" }?.runs["small"])
  }

  private func message(_ more: String) -> String {
    let error = #expect(throws: SpecError.self) { try group(more) }
    return error?.description ?? ""
  }

  @Test("a substitute and a normalisation are read, and there is none where none is written")
  func read() throws {
    let plain = try group("")
    #expect(plain.substitute == nil && plain.substitution == nil && plain.dataset.normalisation == nil)
    let both = try group(
      "substitute: {name: fashion-mnist, task: classes-0-4-vs-5-9}, normalisation: {mean: [0.5, -1], standardDeviation: [2, 3]},"
    )
    #expect(both.substitute == DatasetSubstitute(name: .fashionMNIST, task: .classes0to4Versus5to9))
    #expect(both.dataset.normalisation == NormalisationSpec(mean: [0.5, -1], standardDeviation: [2, 3]))
    #expect(plain.dataset.imageCount == 110)
  }

  @Test("mistakes in them are found and named")
  func mistakes() {
    #expect(message("substitute: fashion-mnist,").contains("must be a mapping"))
    #expect(message("substitute: {name: fashion-mnist},").contains("lacks the key 'task'"))
    #expect(message("substitute: {nme: a, task: t},").contains("unknown key 'nme'"))
    let unknown = message("substitute: {name: fashion, task: classes-0-4-vs-5-9},")
    #expect(unknown.contains("unknown data set 'fashion'") && unknown.contains("fashion-mnist"))
    let foreign = message("substitute: {name: fashion-mnist, task: digits-0-4-vs-5-9},")
    #expect(foreign.contains("unknown task on Fashion-MNIST 'digits-0-4-vs-5-9'"))
    #expect(foreign.contains("classes-0-4-vs-5-9"))
    #expect(message("normalisation: {mean: [1]},").contains("lacks the key 'standardDeviation'"))
    #expect(
      message("normalisation: {mean: [1, 2], standardDeviation: [1]},").contains(
        "a list of 2, as many as 'mean' has"))
    #expect(message("normalisation: {mean: [1], standardDeviation: [0]},").contains("finite and above 0"))
    #expect(
      message("normalisation: {mean: [], standardDeviation: []},").contains("one number for each channel"))
    #expect(message("normalisation: {mean: 1, standardDeviation: [1]},").contains("'mean' must be a list"))
  }

  @Test(
    "a run without normalisation has the identity that it had before there was any; one with it has another")
  func identity() throws {
    let plain = try #require(group("").trainings(seed: 1).first)
    let text = try CanonicalJSON.text(of: plain)
    #expect(
      text.contains(
        #""dataset":{"attackPool":40,"name":"mnist","task":"digits-0-4-vs-5-9","test":20,"train":50}"#))
    let scaled = try #require(
      group("normalisation: {mean: [0.5], standardDeviation: [2]},").trainings(seed: 1).first)
    #expect(
      try CanonicalJSON.text(of: scaled).contains(#""normalisation":{"mean":[0.5],"standardDeviation":[2]}"#))
  }
}
