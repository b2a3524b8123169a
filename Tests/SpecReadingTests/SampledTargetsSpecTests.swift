import Encodings
import Planning
import Specifications
import TestSupport
import Testing

@testable import SpecReading

/// Run groups whose targets are the functions of a sample.
@Suite("Specs of sampled functions")
struct SampledTargetsSpecTests {
  private static let figure = """
    figure: "2"
    title: A title
    caption: A caption.
    runs:
      boolean:
        sample: {variables: 3, samples: 100000000, functions: 4, kept: 10}   # [R]
        network: {kind: fcn, hidden: [5], weightVariance: 1, biasStandardDeviation: 0.1}
        optimiser: {kind: sgd, learningRate: 0.01, batch: 4}
        stop: {at: zero-error-on-train, epochs: 100}
        prior: {kernel: nngp, weightVariance: 1, biasVariance: 0.01}
        measure: [sharpness/mnist-fcn, hessian/1, prior/heaviside]
    panels:
      - {id: a, kind: scatter, title: A, runs: boolean, x: log10-sampled-prior, y: log10-sharpness}
      - {id: b, kind: rank-frequency, title: B, runs: boolean}
      - {id: c, kind: complexity, title: C, runs: boolean}
      - {id: d, kind: scatter, title: D, runs: boolean, x: lempel-ziv-complexity, y: log10-prior}
    profiles:
      smoke:
        boolean:
          sample: {samples: 1000, functions: 2}

    """

  private func library(
    _ old: String = "", _ new: String = "", others: [String: String] = [:]
  ) throws -> SpecLibrary {
    var texts = SampleSpecs.texts
    texts["fig2.yml"] = old.isEmpty ? Self.figure : Self.figure.replacing(old, with: new)
    if !old.isEmpty { #expect(Self.figure.contains(old)) }
    return try SpecLibrary(texts: texts.merging(others) { _, new in new }, folder: SampleSpecs.folder)
  }

  @Test("the runs are one for each rank, of all 2ⁿ inputs, and share one sample")
  func runs() throws {
    let figure = try #require(try library().figures(profile: .paper).first { $0.id == "2" })
    let group = try #require(figure.runs["boolean"])
    #expect(group.targets == SampledTargets(variables: 3, samples: 100_000_000, kept: 10, functions: 4))
    let trainings = group.trainings(seed: 7)
    #expect(trainings.map(\.sample) == [0, 1, 2, 3])
    let sample = FunctionSampleSpec(
      network: NetworkSpec(kind: .fcn, hidden: [5], weightVariance: 1, biasStandardDeviation: 0.1),
      variables: 3,
      samples: 100_000_000, kept: 10, seed: 7)
    for training in trainings {
      #expect(training.target == sample)
      #expect(training.dataset == .booleanCube(variables: 3))
      #expect((training.dataset.train, training.dataset.test) == (8, 0))
    }
    let plan = Plan(figures: [figure, figure], seed: 7)
    #expect(plan.samples == [PlannedSample(spec: sample, figures: ["2"])])
    #expect(plan.runs.count == 4)
  }

  @Test("a profile changes the sizes of the sample, and so its identity")
  func profiles() throws {
    let keys = try [Profile.paper, .smoke, .quick].map { profile in
      let figure = try #require(try library().figures(profile: profile).first { $0.id == "2" })
      let sample = try #require(figure.runs["boolean"]?.functionSample(seed: 1))
      return try FunctionSampleIdentity(spec: sample).key()
    }
    #expect(keys[0] != keys[1])
    #expect(keys[0] == keys[2])
  }

  @Test(
    "the identity of a sample is written down: its canonical JSON, and a training without one as it always was"
  )
  func identity() throws {
    let sample = FunctionSampleSpec(
      network: NetworkSpec(kind: .fcn, hidden: [40, 40], weightVariance: 1, biasStandardDeviation: 0.1),
      variables: 7, samples: 100, kept: 10, seed: 1)
    #expect(
      try CanonicalJSON.text(of: FunctionSampleIdentity(spec: sample, revision: 1))
        == #"{"revision":1,"spec":{"kept":10,"network":{"biasStandardDeviation":0.1,"hidden":[40,40],"kind":"fcn","weightVariance":1},"samples":100,"seed":1,"variables":7}}"#
    )
    let plain = TrainingSpec(
      dataset: DatasetSpec(name: .mnist, task: .digits0to4Versus5to9, train: 1, attackPool: 0, test: 1),
      network: NetworkSpec(kind: .fcn, hidden: [], biasStandardDeviation: 1),
      optimiser: OptimiserSpec(rule: .sgd, learningRate: 1, batch: 1), attackSize: 0, sample: 0,
      stop: StopSpec(at: .zeroErrorOnTrain, epochs: 1), seed: 1)
    let text = try CanonicalJSON.text(of: plain)
    #expect(!text.contains("target") && !text.contains("weightVariance"))
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    let old, new: String
    let words: [String]
    var testDescription: String { new }
  }
  static let mistakes = [
    Mistake(old: "variables: 3", new: "variables: 8", words: ["'variables' is 8", "from 1 to 7"]),
    Mistake(old: "samples: 100000000", new: "samples: 5000000000", words: ["'samples'", "1000000000"]),
    Mistake(old: "functions: 4,", new: "functions: 11,", words: ["'functions' is 11", "from 1 to 10"]),
    Mistake(old: "hidden: [5]", new: "hidden: [5000]", words: ["'hidden' is 5000", "at most 4096"]),
    Mistake(
      old: "biasStandardDeviation: 0.1", new: "biasStandardDeviation: 1e40",
      words: ["'biasStandardDeviation'", "to be sampled"]),
    Mistake(
      old: "weightVariance: 1, biasStandard", new: "weightVariance: 1e-90, biasStandard",
      words: ["'weightVariance'", "to be sampled"]),
    Mistake(
      old: "variables: 3, samples: 100000000, functions: 4,",
      new: "variables: 1, samples: 100000000, functions: 5,", words: ["'functions' is 5", "from 1 to 4"]),
    Mistake(old: "hidden: [5]", new: "hidden: []", words: ["'hidden'", "at least one layer"]),
    Mistake(
      old: "    stop: {at", new: "    attack: {sizes: [0], samplesPerSize: 1}\n    stop: {at",
      words: ["'sample' and 'attack'"]),
    Mistake(
      old: "    stop: {at", new: "    timeline: {epochsPast: 1, every: 1}\n    stop: {at",
      words: ["'sample' and 'timeline'"]),
    Mistake(
      old: "y: log10-sharpness}", new: "y: generalization}",
      words: ["'a'", "generalization", "no test images"]),
    Mistake(
      old: "sample: {samples: 1000, functions: 2}", new: "sample: {variables: 2}",
      words: ["'smoke'", "sample.variables"]),
    Mistake(old: "{samples: 1000, functions: 2}", new: "{samples: 0}", words: ["'samples' is 0"]),
  ]

  @Test("mistakes are named with their place", arguments: mistakes)
  func named(mistake: Mistake) throws {
    let error = #expect(throws: SpecError.self) { try library(mistake.old, mistake.new) }
    let text = error?.description ?? ""
    #expect(text.hasPrefix("specs/fig2.yml:"))
    for word in mistake.words { #expect(text.contains(word), "\(text)") }
  }

  @Test("a panel of a sample needs runs that have one")
  func withoutSample() throws {
    for panel in [
      "kind: rank-frequency, title: A, runs: small",
      "kind: scatter, title: A, runs: small, x: log10-sampled-prior, y: generalization",
    ] {
      let text = SampleSpecs.figure3.replacing(
        "- {id: b, kind: unavailable, title: B, reason: not yet}", with: "- {id: b, \(panel)}")
      let error = #expect(throws: SpecError.self) { try library(others: ["fig3.yml": text]) }
      #expect(error?.description.contains("no block 'sample'") == true)
    }
  }

  @Test("a weight variance of 2 is the same written out and left out")
  func weightVariance() throws {
    for (written, expected) in [("weightVariance: 2, ", nil), ("", nil), ("weightVariance: 1.5, ", 1.5)] {
      let figure = try #require(
        try library("weightVariance: 1, biasStandard", written + "biasStandard").figures(profile: .paper)
          .first { $0.id == "2" })
      let network = try #require(figure.runs["boolean"]?.network)
      #expect(network.weightVariance == expected)
      #expect(network.effectiveWeightVariance == expected ?? 2)
    }
  }
}
