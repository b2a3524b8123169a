/// One statistic of one panel.
public struct StatisticRow: Sendable, Equatable {
  /// Unique in the report and stable between reports, such as
  /// `fig3.a.log10-prior-heaviside.generalization.pearson`.
  public var id: String
  /// The panel's id.
  public var panel: String
  /// The panel’s title.
  public var panelTitle: String
  /// The pair of quantities, such as "log₁₀ P(f) (step) against generalization".
  public var quantities: String
  /// Which statistic it is.
  public var statistic: StatisticName
  /// Its value and uncertainty.
  public var estimate: Estimate
  /// The number of points.
  public var n: Int
  /// Anything the reader must know beside the number.
  public var note: String?

  /// All parts, in their order.
  public init(
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
  /// The estimate of the statistic with this ``StatisticRow/id``; nil where it was not taken.
  func estimate(_ id: String) -> Estimate? { first { $0.id == id }?.estimate }
}
