import Encodings
import Plotting
import RunStorage
import Specifications
import Testing

@testable import Figures

@Suite("Forest plots")
struct ForestPanelTests {
  private static let claim = ClaimSpec(
    name: "robust", statement: "Robust.", statistic: .robustness, threshold: 0, strict: true, rule: "It is.")

  private static func group(_ rule: OptimiserSpec.Rule) -> RunGroup {
    var group = SampleRecords.group()
    group.optimiser = OptimiserSpec(rule: rule, learningRate: 0.01, batch: 2)
    return group
  }

  private static let groups: [String: RunGroup] = [
    "sgd": group(.sgd), "heavy": group(.momentum(momentum: 0.9)),
  ]

  /// A forest of two optimisers, beside the scatters of the first one's networks.
  private static let figure = FigureSpec(
    id: "M1", title: "Title", caption: "Caption.", runs: groups,
    panels: [
      PanelSpec(
        id: "a", title: "FCN",
        .forest(runs: ["sgd", "heavy"], .init(y: .generalization, measures: [.log10Prior, .flatness])),
        claim: "robust"),
      PanelSpec(id: "b", title: "Prior", .scatter(runs: "sgd", .init(x: .log10Prior, y: .generalization))),
      PanelSpec(id: "c", title: "Flat", .scatter(runs: "sgd", .init(x: .flatness, y: .generalization))),
    ], schematic: nil, settings: [], file: "figM1.yml")

  /// Six networks: the prior follows generalization in both groups, flatness in the first alone.
  private static func found(flatnessFollows: Bool) -> [SampleRecords.Found] {
    let steps = [0.0, 1, 2, 3, 4, 5]
    return steps.map { step in
      let sharpness: Double = flatnessFollows ? 1 + step : 9 - step
      let (prior, probit): (Double, Double) = (-300 - 50 * step, -500 - 60 * step * step)
      return SampleRecords.Found(
        testAccuracy: 0.9 - 0.05 * step, sharpness: sharpness, heaviside: prior, probit: probit)
    }
  }

  private static func records(
    _ change: (inout [SampleRecords.Found]) -> Void = { _ in }
  ) throws -> [RunRecord] {
    var heavy = found(flatnessFollows: false)
    change(&heavy)
    return try SampleRecords.records(group(.sgd), found(flatnessFollows: true))
      + SampleRecords.records(group(.momentum(momentum: 0.9)), heavy)
  }

  private static func result(
    _ figure: FigureSpec = figure, _ change: (inout [SampleRecords.Found]) -> Void = { _ in }
  ) throws -> FigureResult {
    FigureMaker(claims: [claim], records: try records(change), seed: 1).make(figure)
  }

  private func row(_ result: FigureResult, _ id: String) throws -> StatisticRow {
    try #require(result.statistics.first { $0.id == "figM1.a." + id }, "\(id)")
  }

  @Test("ρ and its interval within a group are those of a scatter of the same networks, bit for bit")
  func sameAsScatter() throws {
    let result = try Self.result()
    for (band, scatter) in [
      ("log10-prior-heaviside", "b.log10-prior-heaviside"), ("log10-prior-probit", "b.log10-prior-probit"),
      ("flatness", "c.flatness"),
    ] {
      let other = try #require(
        result.statistics.first { $0.id == "figM1.\(scatter).generalization.spearman" })
      let own = try row(result, "\(band).sgd.spearman")
      #expect(own.estimate == other.estimate && own.n == 6)
      #expect(own.estimate.value == 1)
    }
    #expect(try row(result, "flatness.heavy.spearman").estimate.value == -1)
    #expect(Set(result.statistics.map(\.id)).count == result.statistics.count)
  }

  @Test("the smallest lower end is that of the worst group, and the difference is that of the smallest ρ")
  func robustness() throws {
    let result = try Self.result()
    guard case .measured(_, let worst?, _) = try row(result, "flatness.heavy.spearman").estimate else {
      Issue.record("unmeasured")
      return
    }
    let end = try row(result, "flatness.smallest-lower-end")
    #expect(end.estimate.value == worst.lowerBound && end.note == "of Momentum" && end.n == 12)
    for likelihood in ["heaviside", "probit"] {
      // Perfect order in every resample, with and against it.
      let difference = try row(result, "log10-prior-\(likelihood).flatness.robustness-difference")
      #expect(difference.estimate == .measured(value: 2, interval: 2...2, pValue: nil))
    }
    #expect(result.verdicts.map(\.verdict) == [.holds, .holds])
    #expect(result.verdicts.map(\.condition) == ["step likelihood", "probit likelihood"])
    let known = Set(result.statistics.map(\.id))
    #expect(result.verdicts.allSatisfy { $0.statistics.count == 3 && known.isSuperset(of: $0.statistics) })
  }

  @Test("the tables hold one row for each quantity and group, one for each quantity, one for each network")
  func tables() throws {
    let result = try Self.result(Self.alone)
    #expect(result.tables.map(\.suffix) == ["", "-robustness-a", "-runs"])
    let correlations = try #require(CSVTable(result.tables[0].csv))
    #expect(correlations.rows.count == 6)
    #expect(
      correlations.rows.map { Array($0[1...5]) }.last == ["flatness", "", "heavy", "momentum", "-1.0"])
    let robustness = try #require(CSVTable(result.tables[1].csv))
    #expect(
      robustness.rows.map { Array($0[1...4]) } == [
        ["log10-prior", "heaviside", "false", "1.0"], ["log10-prior", "probit", "false", "1.0"],
        ["flatness", "", "true", "-1.0"],
      ])
    #expect(robustness.rows[2].suffix(7) == ["2.0", "2.0", "2.0", "2.0", "2.0", "2.0", ""])
    #expect(CSVTable(result.tables[2].csv)?.rows.count == 12)
    #expect(result.records.count == 12)
  }

  /// The forest alone.
  private static let alone: FigureSpec = {
    var alone = figure
    alone.panels.removeLast(2)
    return alone
  }()

  @Test(
    "a value that is missing leaves its entry unmeasured in picture, table, notes and verdict, with the reason"
  )
  func missingValue() throws {
    let result = try Self.result(Self.alone) { $0[2].sharpness = 0 }
    let reason = "1 of 6 points hold a value"
    guard case .unmeasured(let of) = try row(result, "flatness.heavy.spearman").estimate,
      case .unmeasured(let ofEnd) = try row(result, "flatness.smallest-lower-end").estimate,
      case .unmeasured(let ofDifference) = try row(
        result, "log10-prior-heaviside.flatness.robustness-difference"
      ).estimate
    else {
      Issue.record("measured")
      return
    }
    #expect(of.hasPrefix(reason) && ofEnd.hasPrefix("Momentum: " + reason) && ofDifference == ofEnd)
    for verdict in result.verdicts {
      guard case .notJudged(let why) = verdict.verdict else {
        Issue.record("judged")
        continue
      }
      #expect(why.contains("flatness (−log₁₀ sharpness) is unmeasured (Momentum: \(reason)"))
    }
    #expect(result.notes.contains { $0.contains("Momentum: \(reason)") })
    #expect(result.tables[0].csv.split(separator: "\n").last?.contains(reason) == true)
    #expect(series(try plot(result, panel: 0)).map(\.points.count) == [3, 2])
    #expect(result.altText.contains("in some groups unmeasured"))
  }

  @Test(
    "the picture has a band for each quantity, a marker for each group, and a line at the smallest lower end")
  func picture() throws {
    let plot = try plot(Self.result(Self.alone), panel: 0)
    #expect(plot.y.categories.count == 3 && plot.y.categories[0].contains("sharpness"))
    #expect(plot.legend == .beside)
    let series = series(plot)
    #expect(series.map(\.name) == ["SGD", "Momentum"])
    #expect(Set(series.map(\.marker.shape)).count == 2 && Set(series.map { "\($0.colouring)" }).count == 2)
    // The first group above the second in each band; the first quantity at the top.
    #expect(series[0].points.map { $0.y.rounded() } == [2, 1, 0])
    #expect(zip(series[0].points, series[1].points).allSatisfy { $0.y > $1.y && $0.y - $1.y < 0.5 })
    #expect(series.flatMap(\.points).allSatisfy { $0.xInterval?.contains($0.x) == true })
    let lines = plot.layers.compactMap { if case .line(let line) = $0 { line } else { nil } }
    #expect(lines.compactMap(\.name) == ["smallest lower end"])
    let ends = zip(series[0].points, series[1].points).map {
      min($0.xInterval?.lowerBound ?? 9, $1.xInterval?.lowerBound ?? 9)
    }
    #expect(lines.map { $0.points.map(\.x) } == ends.map { [$0, $0] })
  }

  @Test("without one of its groups the panel is not available, for the group's reason")
  func missingGroup() throws {
    let figure = Self.alone.applying([DataDecision(figure: "M1", group: "heavy", outcome: .running)])
    let result = FigureMaker(claims: [Self.claim], records: try Self.records(), seed: 1).make(figure)
    #expect(figure.panels[0].reason == "still running")
    #expect(result.verdicts.map(\.verdict) == [.notJudged(reason: "still running")])
    #expect(result.records.isEmpty && result.statistics.isEmpty)
  }

  @Test("a substitution of several groups is told once in title and caption")
  func substitution() throws {
    var figure = Self.alone
    for name in ["sgd", "heavy"] {
      figure.runs[name]?.substitute = DatasetSubstitute(name: .fashionMNIST, task: .classes0to4Versus5to9)
    }
    let substitution = DataSubstitution(
      words: "Fashion-MNIST in place of MNIST", reason: "no MNIST was found")
    let changed = figure.applying(
      ["sgd", "heavy"].map {
        DataDecision(figure: "M1", group: $0, outcome: .substitute(title: "MNIST", substitution))
      })
    #expect(changed.panels[0].title == "FCN: Fashion-MNIST in place of MNIST")
    #expect(changed.caption == "Caption. Panel a: Fashion-MNIST in place of MNIST (no MNIST was found).")
    #expect(changed.runs.values.allSatisfy { $0.substitution == substitution })
  }

  @Test(
    "the rule: below the prior in every way holds, above it in both ways does not, anything else is undecided"
  )
  func rule() {
    typealias Rival = ClaimJudge.Rival
    func rival(_ end: Double, _ difference: ClosedRange<Double>) -> Rival {
      Rival(
        name: "m", end: .measured(value: end, interval: nil, pValue: nil),
        difference: .measured(value: 0, interval: difference, pValue: nil))
    }
    func verdict(_ rivals: [Rival], prior: Double = 0.5) -> ClaimVerdict.Verdict {
      ClaimJudge.verdict(
        Self.claim, prior: .measured(value: prior, interval: nil, pValue: nil), rivals: rivals)
    }
    #expect(verdict([rival(0.1, 0.1...0.9), rival(-0.3, 0.2...1)]) == .holds)
    #expect(verdict([rival(0.1, 0.1...0.9), rival(-0.3, 0...1)]) == .undecided)
    #expect(verdict([rival(0.1, 0.1...0.9), rival(0.6, 0.1...0.9)]) == .undecided)
    #expect(verdict([rival(0.1, 0.1...0.9), rival(0.6, -0.4...0)]) == .undecided)
    #expect(verdict([rival(0.1, 0.1...0.9), rival(0.4, -0.4 ... -0.1)]) == .undecided)
    #expect(verdict([rival(0.1, 0.1...0.9), rival(0.6, -0.4 ... -0.1)]) == .doesNotHold)
    // An unmeasured measure leaves the claim open, unless another one refutes it.
    let unmeasured = Rival(name: "u", end: .unmeasured(reason: "why"), difference: nil)
    #expect(verdict([rival(0.1, 0.1...0.9), unmeasured]) == .notJudged(reason: "u is unmeasured (why)"))
    #expect(verdict([unmeasured, rival(0.6, -0.4 ... -0.1)]) == .doesNotHold)
    #expect(
      ClaimJudge.verdict(Self.claim, prior: .unmeasured(reason: "no"), rivals: []) == .notJudged(reason: "no")
    )
  }
}
