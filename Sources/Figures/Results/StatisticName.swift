/// A statistic, by the name that programs read and the name that people read.
public struct StatisticName: Sendable, Hashable {
  /// Such as `pearson`.
  public var name: String
  /// Such as "Pearson r".
  public var title: String
  /// Whether it lies in [−1, 1], so that intervals of several panels can be drawn on one scale.
  public var isCorrelation: Bool

  /// A statistic under both names.
  public init(name: String, title: String, isCorrelation: Bool) {
    self.name = name
    self.title = title
    self.isCorrelation = isCorrelation
  }

  /// Pearson's product-moment correlation.
  public static let pearson = StatisticName(name: "pearson", title: "Pearson r", isCorrelation: true)
  /// Spearman's rank correlation.
  public static let spearman = StatisticName(name: "spearman", title: "Spearman ρ", isCorrelation: true)
  /// Kendall's rank correlation with correction for ties.
  public static let kendall = StatisticName(name: "kendall", title: "Kendall τ-b", isCorrelation: true)
  /// |r(prior)| − |r(flatness)| on the same points.
  public static let pearsonDifference = StatisticName(
    name: "pearson-difference", title: "|r(prior)| − |r(flatness)|", isCorrelation: false)
  /// ρ(prior) − ρ(flatness) on the same points.
  public static let spearmanDifference = StatisticName(
    name: "spearman-difference", title: "ρ(prior) − ρ(flatness)", isCorrelation: false)
}
