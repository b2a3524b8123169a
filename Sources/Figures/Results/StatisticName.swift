/// A statistic, by the name that programs read and the name that people read.
package struct StatisticName: Sendable, Hashable {
  /// Such as `pearson`.
  package var name: String
  /// Such as "Pearson r".
  package var title: String
  /// Whether it lies in [−1, 1], so that intervals of several panels can be drawn on one scale.
  package var isCorrelation: Bool

  /// A statistic under both names.
  package init(name: String, title: String, isCorrelation: Bool) {
    self.name = name
    self.title = title
    self.isCorrelation = isCorrelation
  }

  /// Pearson's product-moment correlation.
  package static let pearson = StatisticName(name: "pearson", title: "Pearson r", isCorrelation: true)
  /// Spearman's rank correlation.
  package static let spearman = StatisticName(name: "spearman", title: "Spearman ρ", isCorrelation: true)
  /// Kendall's rank correlation with correction for ties.
  package static let kendall = StatisticName(name: "kendall", title: "Kendall τ-b", isCorrelation: true)
  /// |r(prior)| − |r(flatness)| on the same points.
  package static let pearsonDifference = StatisticName(
    name: "pearson-difference", title: "|r(prior)| − |r(flatness)|", isCorrelation: false)
  /// ρ(prior) − ρ(flatness) on the same points.
  package static let spearmanDifference = StatisticName(
    name: "spearman-difference", title: "ρ(prior) − ρ(flatness)", isCorrelation: false)

  /// log₁₀ sharpness right after a rescaling minus right before it.
  package static let rescalingMove = StatisticName(
    name: "rescaling-log10-sharpness-move", title: "move of log₁₀ sharpness at the rescaling",
    isCorrelation: false)
  /// 1 where f differs right before and after a rescaling, 0 where it is the same in every bit.
  package static let rescalingFunctionChange = StatisticName(
    name: "rescaling-function-changed", title: "f changed by the rescaling (0 no, 1 yes)",
    isCorrelation: false)
  /// log₁₀ sharpness at zero error minus at the last epoch, or the last one before a rescaling.
  package static let overtrainingFall = StatisticName(
    name: "overtraining-log10-sharpness-fall", title: "fall of log₁₀ sharpness from zero error on",
    isCorrelation: false)
  /// The share of E on which f at that epoch differs from f at zero error.
  package static let overtrainingChange = StatisticName(
    name: "overtraining-changed-share", title: "share of E on which f changed from zero error on",
    isCorrelation: false)
}
