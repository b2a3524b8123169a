import RandomStreams
import ReportDocuments
import Specifications
import Statistics

/// The statistics of scatter panels, as rows of the report.
struct ScatterStatistics {
  /// The stream of the bootstraps: a difference splits off its own by its identity, ρ by what it is of.
  let key: RandomKey

  /// Pearson r, Spearman ρ and Kendall τ-b of a panel, under each of its likelihoods.
  func correlations(_ panel: ScatterPanel) -> [StatisticRow] {
    panel.likelihoods.flatMap { likelihood -> [StatisticRow] in
      let (x, y) = panel.values(likelihood)
      func row(_ name: StatisticName, _ measured: Measured<CorrelationEstimate>) -> StatisticRow {
        StatisticRow(
          id: panel.identifier(likelihood, name.name), panel: panel.spec.id, panelTitle: panel.spec.title,
          quantities: panel.quantities(likelihood), statistic: name, estimate: Estimate(measured), n: x.count,
          note: panel.rows.note)
      }
      return [
        row(.pearson, Correlation.pearson(x, y)),
        row(.spearman, panel.rows.spearman(panel.x, panel.y, likelihood, key: key)),
        row(.kendall, Correlation.kendallTauB(x, y)),
      ]
    }
  }

  /// How many of the networks a bound holds for, and how far above the error it is in the mean, under each of the
  /// panel's likelihoods.
  func bounds(_ panel: ScatterPanel) -> [StatisticRow] {
    guard panel.comparesErrors else { return [] }
    return panel.likelihoods.flatMap { likelihood in
      let excesses = panel.excesses(likelihood)
      func row(_ name: StatisticName, _ statistic: ([Double]) -> Double) -> StatisticRow {
        StatisticRow(
          id: panel.identifier(likelihood, name.name), panel: panel.spec.id, panelTitle: panel.spec.title,
          quantities: panel.quantities(likelihood), statistic: name,
          estimate: excesses.map { .measured(value: statistic($0), interval: nil, pValue: nil) }
            ?? .unmeasured(reason: "a bound or an error was not measured"), n: panel.comparable.count,
          note: panel.rows.note)
      }
      return [
        row(.boundedShare) { excesses in Double(excesses.count { $0 >= 0 }) / Double(excesses.count) },
        row(.boundExcess) { $0.reduce(0, +) / Double($0.count) },
      ]
    }
  }

  /// How much tighter the prior follows generalization than flatness does, on the same runs, under each
  /// likelihood.
  func differences(_ pair: PanelPair) -> [StatisticRow] {
    pair.prior.likelihoods.flatMap { likelihood -> [StatisticRow] in
      let priors = pair.prior.values(likelihood)
      let flat = pair.flatness.values(likelihood)
      func row(_ name: StatisticName, _ difference: (RandomKey) -> Measured<DifferenceEstimate>)
        -> StatisticRow
      {
        let id = pair.identifier(likelihood, name)
        return StatisticRow(
          id: id, panel: pair.flatness.spec.id, panelTitle: pair.flatness.spec.title,
          quantities: pair.quantities(likelihood), statistic: name,
          estimate: Estimate(difference(key.split(id))), n: priors.y.count, note: pair.prior.rows.note)
      }
      return [
        row(.pearsonDifference) {
          PairedDifference.ofAbsolutePearson(
            prior: priors.x, flatness: flat.x, generalization: priors.y, key: $0)
        },
        row(.spearmanDifference) {
          PairedDifference.ofSpearman(prior: priors.x, flatness: flat.x, generalization: priors.y, key: $0)
        },
      ]
    }
  }

  /// How much the way by which P(f) is computed changes its correlation with generalization, under each
  /// likelihood of a panel that shows two ways.
  func agreements(_ panel: ScatterPanel) -> [StatisticRow] {
    guard panel.comparesPriors(.log10Prior, .log10PriorSampled) else { return [] }
    return panel.likelihoods.map { likelihood in
      func values(_ quantity: Quantity) -> [Double] { panel.rows.values(quantity, likelihood) }
      let id = panel.identifier(likelihood, StatisticName.pearsonAgreement.name)
      let ways = [Quantity.log10Prior, .log10PriorSampled].map { QuantityText.plain($0, likelihood) }
      return StatisticRow(
        id: id, panel: panel.spec.id, panelTitle: panel.spec.title,
        quantities: "\(ways[0]) and \(ways[1]), each against \(Quantity.generalization.words)",
        statistic: .pearsonAgreement,
        estimate: Estimate(
          PairedDifference.ofAbsolutePearson(
            prior: values(.log10Prior), flatness: values(.log10PriorSampled),
            generalization: values(.generalization), key: key.split(id))),
        n: panel.comparable.count, note: panel.rows.note)
    }
  }
}
