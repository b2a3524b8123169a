import RandomStreams
import ReportDocuments
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
}
