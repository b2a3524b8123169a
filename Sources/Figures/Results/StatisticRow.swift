package import ReportDocuments

/// One statistic of one panel.
package struct StatisticRow: Sendable, Equatable {
  /// Unique in the report and stable between reports, such as
  /// `fig3.a.log10-prior-heaviside.generalization.pearson`.
  package var id: String
  /// The panel's id.
  package var panel: String
  /// The panel’s title.
  package var panelTitle: String
  /// The pair of quantities, such as "log₁₀ P(f) (step) against generalization".
  package var quantities: String
  /// Which statistic it is.
  package var statistic: StatisticName
  /// Its value and uncertainty.
  package var estimate: Estimate
  /// The number of points.
  package var n: Int
  /// Anything the reader must know beside the number.
  package var note: String?

  /// All parts, in their order.
  package init(
    id: String, panel: String, panelTitle: String, quantities: String, statistic: StatisticName,
    estimate: Estimate, n: Int, note: String? = nil
  ) {
    self.id = id
    self.panel = panel
    self.panelTitle = panelTitle
    self.quantities = quantities
    self.statistic = statistic
    self.estimate = estimate
    self.n = n
    self.note = note
  }
}

extension [StatisticRow] {
  /// The estimate of the statistic with this ``StatisticRow/id``; nil if it was not computed.
  func estimate(_ id: String) -> Estimate? { first { $0.id == id }?.estimate }
}
