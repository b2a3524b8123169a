import Figures
import Specifications

extension OptimiserVerdicts {
  /// The verdicts of `results`, for the system on which most optimisers were compared; nil where no system has two.
  ///
  /// A panel counts if it shows networks at zero error, log P(f) or flatness (−log₁₀ sharpness) against
  /// generalization, and names a claim on that correlation. Of a panel's verdicts the first one counts, that of the
  /// drawn likelihood; of several panels of one optimiser, the first. Optimisers that differ in learning rate, batch
  /// or precision alone are one.
  init?(_ results: [FigureResult], claims: [ClaimSpec]) {
    var systems: [System] = []
    for result in results {
      for panel in result.spec.panels {
        guard let judged = JudgedPanel(panel, of: result, claims: claims) else { continue }
        let place = systems.firstIndex {
          $0.dataset == judged.group.dataset && $0.network == judged.group.network
        }
        if let place {
          systems[place].add(judged)
        } else {
          var system = System(dataset: judged.group.dataset, network: judged.group.network)
          system.add(judged)
          systems.append(system)
        }
      }
    }
    // Of equal ones the first, as the report has them in order.
    let largest = systems.reduce(nil) { (largest: System?, system) in
      system.optimisers.count > largest?.optimisers.count ?? 1 ? system : largest
    }
    guard let largest else { return nil }
    self.init(system: largest.title, optimisers: largest.optimisers)
  }

  /// A panel with the outcome of its claim.
  private struct JudgedPanel {
    let group: RunGroup
    let quantity: Quantity
    let outcome: Outcome

    init?(_ panel: PanelSpec, of result: FigureResult, claims: [ClaimSpec]) {
      guard case .scatter(let runs, let axes) = panel.content, axes.epochsPast == 0,
        axes.y == .generalization,
        [.log10Prior, .flatness].contains(axes.x), let group = result.spec.runs[runs],
        let claim = claims.first(where: { $0.name == panel.claim }),
        let verdict = result.verdicts.first(where: { $0.panel == panel.id })?.verdict,
        let outcome = Outcome(verdict, on: claim.statistic)
      else { return nil }
      self.group = group
      quantity = axes.x
      self.outcome = outcome
    }
  }

  /// The panels of networks of one kind on the same images.
  private struct System {
    let dataset: DatasetSpec
    let network: NetworkSpec
    /// Each optimiser with what is known of it, in order.
    private var found: [(key: String, name: String, prior: Outcome?, flatness: Outcome?)] = []

    init(dataset: DatasetSpec, network: NetworkSpec) {
      self.dataset = dataset
      self.network = network
    }

    var title: String {
      "\(network.kind.shortTitle) on \(dataset.facts?.title ?? dataset.name), |S| = \(dataset.train)"
    }

    mutating func add(_ panel: JudgedPanel) {
      let key = panel.group.optimiser.nameOfRule
      let place = found.firstIndex { $0.key == key } ?? found.count
      if place == found.count { found.append((key, panel.group.optimiser.printedName, nil, nil)) }
      if panel.quantity == .log10Prior {
        found[place].prior = found[place].prior ?? panel.outcome
      } else {
        found[place].flatness = found[place].flatness ?? panel.outcome
      }
    }

    /// Those of which both correlations are judged.
    var optimisers: [Optimiser] {
      found.compactMap { item in
        guard let prior = item.prior, let flatness = item.flatness else { return nil }
        return Optimiser(name: item.name, prior: prior, flatness: flatness)
      }
    }
  }
}

extension OptimiserVerdicts.Outcome {
  /// What the verdict on a claim says of a correlation; nil where the claim is about something else.
  init?(_ verdict: ClaimVerdict.Verdict, on statistic: ClaimSpec.Statistic) {
    let isOfBreaking: Bool
    switch statistic {
    case .pearson, .spearman: isOfBreaking = false
    case .spearmanDifference: isOfBreaking = true
    case .spearmanWithin, .pearsonAgreement, .boundedShare, .rescaling, .rescalingInvariance, .overtraining,
      .robustness, .differingVerdicts:
      return nil
    }
    switch verdict {
    case .holds: self = isOfBreaking ? .broke : .held
    case .doesNotHold: self = isOfBreaking ? .held : .broke
    case .undecided: self = .undecided
    case .notJudged: self = .notJudged
    }
  }
}
