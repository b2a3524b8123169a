import ReportDocuments
import Specifications

/// A panel of the prior and one of flatness over the same networks and against the same quantity. The paired
/// bootstrap compares the two.
struct PanelPair {
  let prior: ScatterPanel
  let flatness: ScatterPanel

  /// Every such pair among the panels of a figure.
  static func pairs(_ panels: [ScatterPanel]) -> [PanelPair] {
    panels.filter { $0.x == .log10Prior }.flatMap { prior in
      panels.filter { flatness in
        flatness.x.isFlatness && flatness.y == prior.y && flatness.spec.runs == prior.spec.runs
          && flatness.axes.epochsPast == prior.axes.epochsPast
      }.map { PanelPair(prior: prior, flatness: $0) }
    }
  }

  /// The identity of a difference, the same in every report of this figure.
  func identifier(_ likelihood: PriorSettings.Likelihood, _ name: StatisticName) -> String {
    let measure = flatness.x == .flatness ? "" : "-" + flatness.x.rawValue
    return prior.identifier(likelihood, name.name + measure)
  }

  /// "log₁₀ P(f) (step) and flatness, each against generalization (%)".
  func quantities(_ likelihood: PriorSettings.Likelihood) -> String {
    let measure = flatness.x == .flatness ? "flatness" : QuantityText.plain(flatness.x, likelihood)
    return
      "\(QuantityText.plain(.log10Prior, likelihood)) and \(measure), each against \(QuantityText.plain(prior.y, likelihood))"
  }
}
