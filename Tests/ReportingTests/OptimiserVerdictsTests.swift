import Specifications
import Testing

@testable import Figures
@testable import Reporting

@Suite("The correlations under several optimisers")
struct OptimiserVerdictsTests {
  private static let claims = [
    claim("tight", .pearson), claim("correlates", .spearman), claim("breaks", .spearmanDifference),
    claim("hessian", .spearmanWithin),
  ]
  private static let sgd = OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 2)
  private static let adam = OptimiserSpec(
    rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: 0.001, batch: 2)

  private static func claim(_ name: String, _ statistic: ClaimSpec.Statistic) -> ClaimSpec {
    ClaimSpec(name: name, statement: "S.", statistic: statistic, threshold: 0.5, strict: true, rule: "R")
  }

  /// A panel of the networks that `optimiser` trained, with the verdicts on its claim.
  private struct Judged {
    var optimiser = OptimiserVerdictsTests.sgd
    var train = 2
    var x = Quantity.log10Prior
    var y = Quantity.generalization
    var epochsPast = 0
    var claim: String? = "tight"
    var verdicts: [ClaimVerdict.Verdict] = [.holds]
  }

  /// A figure of these panels.
  private func figure(_ id: String, _ panels: [Judged]) -> FigureResult {
    let ids = panels.indices.map { "p\($0)" }
    let groups = panels.map { panel in
      RunGroup(
        dataset: DatasetSpec(
          name: .mnist, task: .digits0to4Versus5to9, train: panel.train, attackPool: 0, test: 2),
        network: NetworkSpec(kind: .fcn, hidden: [3], biasStandardDeviation: 1), optimiser: panel.optimiser,
        attackSizes: [0], samplesPerSize: 1, stop: StopSpec(at: .zeroErrorOnTrain, epochs: 9),
        measurements: [])
    }
    var result = FigureMaker(claims: [], records: [], seed: 1).make(
      FigureSpec(
        id: id, title: "T", caption: "C", runs: Dictionary(uniqueKeysWithValues: zip(ids, groups)),
        panels: zip(ids, panels).map { id, panel in
          PanelSpec(
            id: id, title: "A",
            .scatter(runs: id, .init(x: panel.x, y: panel.y, epochsPast: panel.epochsPast)),
            claim: panel.claim)
        }, schematic: nil, settings: [], file: "fig\(id).yml"))
    result.verdicts = zip(ids, panels).flatMap { panel, judged in
      judged.verdicts.map {
        ClaimVerdict(
          name: judged.claim ?? "", statement: "S.", rule: "R", figure: id, panel: panel, statistics: [],
          verdict: $0)
      }
    }
    return result
  }

  private func verdicts(_ figures: [FigureResult]) -> OptimiserVerdicts? {
    OptimiserVerdicts(figures, claims: Self.claims)
  }

  private func flatness(
    _ claim: String, _ verdict: ClaimVerdict.Verdict, _ optimiser: OptimiserSpec = sgd
  ) -> Judged {
    Judged(optimiser: optimiser, x: .flatness, claim: claim, verdicts: [verdict])
  }

  @Test("the claim that a correlation is there and the claim that it breaks are read against each other")
  func outcomes() {
    typealias Outcome = OptimiserVerdicts.Outcome
    let open: [(ClaimVerdict.Verdict, Outcome)] = [
      (.undecided, .undecided), (.notJudged(reason: "r"), .notJudged),
    ]
    for (statistic, decided) in [
      (ClaimSpec.Statistic.pearson, [(ClaimVerdict.Verdict.holds, Outcome.held), (.doesNotHold, .broke)]),
      (.spearman, [(.holds, .held), (.doesNotHold, .broke)]),
      (.spearmanDifference, [(.holds, .broke), (.doesNotHold, .held)]),
    ] {
      for (verdict, outcome) in decided + open { #expect(Outcome(verdict, on: statistic) == outcome) }
    }
    #expect(Outcome(.holds, on: .spearmanWithin) == nil && Outcome(.holds, on: .robustness) == nil)
  }

  @Test("each optimiser has the first verdict of its panels, whichever figures they are in")
  func figures() throws {
    let found = try #require(
      verdicts([
        figure("3", [Judged(verdicts: [.holds, .doesNotHold]), flatness("correlates", .doesNotHold)]),
        figure("4", [flatness("breaks", .doesNotHold, Self.adam), Judged(optimiser: Self.adam)]),
        // The same optimiser once more changes nothing.
        figure("5", [Judged(verdicts: [.doesNotHold]), flatness("breaks", .doesNotHold)]),
      ]))
    #expect(
      found
        == OptimiserVerdicts(
          system: "FCN on MNIST, |S| = 2",
          optimisers: [
            .init(name: "SGD", prior: .held, flatness: .broke),
            .init(name: "Adam", prior: .held, flatness: .held),
          ]))
  }

  @Test("only networks at zero error count, with both correlations, on the images of most optimisers")
  func selection() throws {
    let pair = [Judged(), flatness("correlates", .holds)]
    let other = [Judged(optimiser: Self.adam), flatness("breaks", .holds, Self.adam)]
    #expect(verdicts([figure("3", pair)]) == nil && verdicts([]) == nil)
    #expect(verdicts([figure("3", pair + other)])?.optimisers.count == 2)
    for change: (inout Judged) -> Void in [
      { $0.epochsPast = 100 }, { $0.claim = nil }, { $0.claim = "hessian" }, { $0.x = .log10Sharpness },
      { $0.y = .testError }, { $0.train = 3 },
    ] {
      var changed = other
      change(&changed[1])
      #expect(verdicts([figure("3", pair + changed)]) == nil)
    }
    let larger = (pair + other).map { panel in
      var panel = panel
      panel.train = 3
      return panel
    }
    #expect(verdicts([figure("3", pair), figure("4", larger)])?.system == "FCN on MNIST, |S| = 3")
  }
}
