/// A statistic, under the name that programs read; ``title`` is the one that people read.
package enum StatisticName: String, Sendable, CaseIterable {
  /// Pearson's product-moment correlation.
  case pearson
  /// Spearman's rank correlation.
  case spearman
  /// Kendall's rank correlation with correction for ties.
  case kendall
  /// |r(prior)| − |r(flatness)| on the same points.
  case pearsonDifference = "pearson-difference"
  /// ρ(prior) − ρ(flatness) on the same points.
  case spearmanDifference = "spearman-difference"
  /// |r(prior by expectation propagation)| − |r(prior by sampling)| on the same points.
  case pearsonAgreement = "pearson-agreement"
  /// The share of networks whose error a bound is at or above.
  case boundedShare = "bounded-share"
  /// How far a bound is above the measured error in the mean, in percentage points.
  case boundExcess = "bound-excess"
  /// The smallest lower end, over several groups of networks, of the intervals of ρ.
  case smallestLowerEnd = "smallest-lower-end"
  /// min ρ(prior) − min ρ(measure), each the smallest over several groups of networks.
  case robustnessDifference = "robustness-difference"
  /// log₁₀ of a measure right after a rescaling minus right before it.
  case rescalingMove = "rescaling-move"
  /// 1 if f differs right before and after a rescaling, 0 if it is the same in every bit.
  case rescalingFunctionChange = "rescaling-function-changed"
  /// log₁₀ sharpness at zero error minus at the last epoch, or at the last one before a rescaling.
  case overtrainingFall = "overtraining-log10-sharpness-fall"
  /// The share of E on which f at that epoch differs from f at zero error.
  case overtrainingChange = "overtraining-changed-share"

  /// Such as `pearson`: part of every statistic's id.
  package var name: String { rawValue }

  /// Such as "Pearson r".
  package var title: String {
    switch self {
    case .pearson: "Pearson r"
    case .spearman: "Spearman ρ"
    case .kendall: "Kendall τ-b"
    case .pearsonDifference: "|r(prior)| − |r(flatness)|"
    case .spearmanDifference: "ρ(prior) − ρ(flatness)"
    case .pearsonAgreement: "|r(prior by expectation propagation)| − |r(prior by sampling)|"
    case .boundedShare: "share of networks whose bound is at or above the error"
    case .boundExcess: "mean of bound − error (percentage points)"
    case .smallestLowerEnd: "smallest lower end of ρ"
    case .robustnessDifference: "min ρ(prior) − min ρ(measure)"
    case .rescalingMove: "move at the rescaling, log₁₀"
    case .rescalingFunctionChange: "f changed by the rescaling (0 no, 1 yes)"
    case .overtrainingFall: "fall of log₁₀ sharpness from zero error on"
    case .overtrainingChange: "share of E on which f changed from zero error on"
    }
  }

  /// Whether it lies in [−1, 1], so that several can be drawn on one scale.
  package var isCorrelation: Bool {
    switch self {
    case .pearson, .spearman, .kendall: true
    case .pearsonDifference, .spearmanDifference, .pearsonAgreement, .boundedShare, .boundExcess,
      .smallestLowerEnd, .robustnessDifference, .rescalingMove, .rescalingFunctionChange, .overtrainingFall,
      .overtrainingChange:
      false
    }
  }
}
