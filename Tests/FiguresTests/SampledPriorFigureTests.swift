import Encodings
import Foundation
import Planning
import RandomStreams
import RunStorage
import Specifications
import Statistics
import Testing

@testable import Figures

@Suite("Figures of priors by importance sampling")
struct SampledPriorFigureTests {
  private static let settings = PriorSettings(
    kernel: .nngp, likelihood: .heaviside, weightVariance: 2, biasVariance: 1)
  private static let sampled = MeasurementSpec.atZeroError(.sampledPrior(settings))
  /// By how many nats expectation propagation is off for each function: one of them is off the other way.
  private static let errors = [-0.5, -0.4, -0.45, -0.34, 0.05, -0.3]
  private static let standardErrors = [0.01, 0.02, 0.03, 0.01, 0.02, 0.03]

  private let group = SampleRecords.group(
    measurements: [SampleRecords.prior(.heaviside), Self.sampled])

  private func records(without missing: Int? = nil) throws -> [RunRecord] {
    try SampleRecords.records(group, SampleRecords.six).enumerated().map { index, record in
      var record = record
      let prior = try #require(SampleRecords.six[index].heaviside)
      record.results.measurements[Self.sampled.identity] =
        index == missing
        ? .failed(reason: "the particles are worth 7")
        : .estimate(
          .sampledPrior, prior - Self.errors[index], standardError: Self.standardErrors[index])
      return record
    }
  }

  private func figure() -> FigureSpec {
    FigureSpec(
      id: "B2", title: "T", caption: "C.", runs: ["g": group],
      panels: [
        PanelSpec(
          id: "a", title: "A",
          .scatter(runs: "g", .init(x: .log10PriorSampled, y: .log10Prior, likelihood: .heaviside)),
          claim: "same"),
        PanelSpec(
          id: "c", title: "C",
          .scatter(runs: "g", .init(x: .attackSize, y: .priorError, likelihood: .heaviside)),
          claim: "unrelated"),
      ], schematic: nil, settings: [], file: "figB2.yml")
  }

  private func result(without missing: Int? = nil, spread: Double = 0.0005) throws -> FigureResult {
    let same = ClaimSpec(
      name: "same", statement: "", statistic: .pearsonAgreement, threshold: spread, strict: true, rule: "")
    let unrelated = ClaimSpec(
      name: "unrelated", statement: "", statistic: .spearmanWithin, threshold: 0.5, strict: true, rule: "")
    return FigureMaker(claims: [same, unrelated], records: try records(without: missing), seed: 1)
      .make(figure())
  }

  @Test("the error is the difference in nats, with the bar of the sampled value, which is in log₁₀ elsewhere")
  func points() throws {
    let result = try result()
    let error = series(try plot(result, panel: 1))[0].points
    let against = series(try plot(result, panel: 0))[0].points
    for index in Self.errors.indices {
      let prior = try #require(SampleRecords.six[index].heaviside)
      #expect(error[index].x == Double(10 * index))
      #expect(abs(error[index].y - Self.errors[index]) < 1e-12)
      let bar = try #require(error[index].yInterval)
      #expect(abs(bar.lowerBound - (Self.errors[index] - 1.96 * Self.standardErrors[index])) < 1e-12)
      #expect(abs(bar.upperBound - (Self.errors[index] + 1.96 * Self.standardErrors[index])) < 1e-12)
      #expect(error[index].xInterval == nil && against[index].yInterval == nil)
      let across = try #require(against[index].xInterval)
      let sampled = prior - Self.errors[index]
      #expect(abs(against[index].x - sampled / log(10)) < 1e-12)
      #expect(abs(across.upperBound - (sampled + 1.96 * Self.standardErrors[index]) / log(10)) < 1e-12)
    }
    let text = [-0.37, -0.5, 0.05].map { NumberText.plain($0, digits: 2) }
    #expect(result.notes.contains { $0.hasPrefix("Bars are 95 % intervals") })
    #expect(
      result.notes.contains {
        $0.contains("off by \(text[0]) nats in the median, from \(text[1]) to \(text[2]);")
      })
    // A ρ whose interval has 0 in it shows no dependence.
    let rows = result.statistics.filter { $0.panel == "c" && $0.statistic == .spearman }
    guard case .measured(_, let interval?, _) = try #require(rows.first).estimate else {
      Issue.record("expected an interval of ρ")
      return
    }
    let words =
      interval.contains(0)
      ? "no dependence on the quality of the labels is seen." : "it depends on the quality of the labels."
    #expect(result.notes.contains { $0.hasSuffix(words) })
  }

  @Test("the two ways' correlations with generalization are compared on the same networks")
  func agreement() throws {
    let result = try result()
    let id = "figB2.a.log10-prior-sampled-heaviside.log10-prior-heaviside.pearson-agreement"
    let priors = SampleRecords.six.compactMap(\.heaviside)
    let expected = PairedDifference.ofAbsolutePearson(
      prior: priors.map { $0 / log(10) },
      flatness: zip(priors, Self.errors).map { ($0 - $1) / log(10) },
      generalization: SampleRecords.six.map { 100 * $0.testAccuracy },
      key: RandomKey(seed: 1).split("statistics").split(id))
    let row = try #require(result.statistics.first { $0.id == id })
    #expect(row.estimate == Estimate(expected) && row.n == 6)
    #expect(result.verdicts.first { $0.name == "same" }?.verdict == .holds)
    #expect(result.verdicts.first { $0.name == "same" }?.statistics == [id])
    #expect(try self.result(spread: 1e-9).verdicts.first?.verdict == .undecided)
    #expect(
      result.verdicts.first { $0.name == "unrelated" }?.statistics == [
        "figB2.c.attack-size.prior-error-heaviside.spearman"
      ])
  }

  @Test(
    "a function without a trusted estimate is not drawn, and neither a statistic nor a claim is without it")
  func untrusted() throws {
    let result = try result(without: 2)
    #expect(result.notes.contains { $0.contains("1 of 6 functions have no prior by sampling") })
    #expect(result.points.map(\.points.count) == [5, 5])
    for verdict in result.verdicts {
      guard case .notJudged(let reason) = verdict.verdict else {
        Issue.record("judged \(verdict.name)")
        continue
      }
      #expect(reason.contains("1 of 6 points"))
    }
  }

  @Test(
    "an interval around 0 holds within the threshold, does not hold beyond it, and is undecided across it")
  func within() {
    func verdict(_ interval: ClosedRange<Double>?, strict: Bool = true) -> ClaimVerdict.Verdict {
      let claim = ClaimSpec(
        name: "c", statement: "", statistic: .spearmanWithin, threshold: 0.5, strict: strict, rule: "")
      return ClaimJudge.verdict(claim, within: .measured(value: 0, interval: interval, pValue: nil))
    }
    #expect(verdict(-0.49...0.49) == .holds)
    #expect(verdict(-0.5...0.1) == .undecided)
    #expect(verdict(-0.5...0.1, strict: false) == .holds)
    #expect(verdict(0.4...0.6) == .undecided)
    #expect(verdict(-0.6...0.6) == .undecided)
    #expect(verdict(0.51...0.9) == .doesNotHold)
    #expect(verdict(-0.9 ... -0.51) == .doesNotHold)
    #expect(verdict(nil) == .notJudged(reason: "the statistic has no interval"))
  }

  @Test("runs that have the sampled prior alone have statistics all the same")
  func sampledAlone() throws {
    let alone = SampleRecords.group(measurements: [Self.sampled])
    var figure = figure()
    figure.runs = ["g": alone]
    figure.panels = [
      PanelSpec(id: "a", title: "A", .scatter(runs: "g", .init(x: .log10PriorSampled, y: .generalization)))
    ]
    let result = FigureMaker(claims: [], records: try records(), seed: 1).make(figure)
    #expect(
      result.statistics.map(\.id).first == "figB2.a.log10-prior-sampled-heaviside.generalization.pearson")
  }
}
