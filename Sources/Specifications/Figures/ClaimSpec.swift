/// A claim of the paper with the rule that judges it, which is fixed before the run.
package struct ClaimSpec: Equatable, Sendable, Codable {
  /// The statistic that decides a claim.
  package enum Statistic: String, Sendable, Codable, CaseIterable {
    /// The 95 % interval of Pearson's r of the panel.
    case pearson
    /// The 95 % interval of Spearman's ρ of the panel.
    case spearman
    /// The paired-bootstrap interval of ρ(prior) − ρ(flatness), and ρ(flatness) itself: the claim that the
    /// correlation of flatness breaks while that of the prior stays.
    case spearmanDifference = "spearman-difference"
    /// The 95 % interval of Spearman's ρ of the panel, inside or outside of ± the threshold: the claim that
    /// two quantities have little to do with each other.
    case spearmanWithin = "spearman-within"
    /// The paired-bootstrap interval of |r(prior by expectation propagation)| − |r(prior by sampling)|, r
    /// Pearson's with generalization, inside or outside of ± the threshold.
    case pearsonAgreement = "pearson-agreement"
    /// The share of a panel's networks whose error a bound is at or above.
    case boundedShare = "bounded-share"
    /// On a timeline: f before and after the rescaling, and the move of what the left axis shows, which must be
    /// large.
    case rescaling
    /// The same, which must be small.
    case rescalingInvariance = "rescaling-invariance"
    /// On a timeline: the share of E on which f changes from zero error to the last epoch, or the last one
    /// before a rescaling, and the fall of log₁₀ sharpness.
    case overtraining
    /// On a forest plot: the smallest lower end over its run groups of the intervals of ρ(prior) and of ρ of
    /// each measure of flatness, and the paired-bootstrap interval of the difference of the smallest ρ.
    case robustness
    /// The number of verdicts of one figure that differ from those of another.
    case differingVerdicts = "differing-verdicts"
  }
  /// The name by which panels refer to it.
  package var name: String
  /// The claim in one sentence.
  package var statement: String
  /// What the paper says about it, in a sentence of our own with its section or figure; nil where the claim
  /// is none of the paper's.
  package var paper: String?
  /// The statistic that decides.
  package var statistic: Statistic
  /// The number that the statistic is compared with: an end of an interval, both ends, the upper end of
  /// ρ(flatness), a move of log₁₀ sharpness or of another measure, a share, or the number of verdicts that may
  /// differ.
  package var threshold: Double
  /// True where the rule reads "lower end > threshold", false where it reads "≥".
  package var strict: Bool
  /// The largest share of E on which f may change, for ``Statistic/overtraining``.
  package var changedShare: Double?
  /// The rule in words, as printed.
  package var rule: String

  /// A claim with its rule.
  package init(
    name: String, statement: String, paper: String? = nil, statistic: Statistic, threshold: Double,
    strict: Bool, changedShare: Double? = nil, rule: String
  ) {
    self.name = name
    self.statement = statement
    self.paper = paper
    self.statistic = statistic
    self.threshold = threshold
    self.strict = strict
    self.changedShare = changedShare
    self.rule = rule
  }
}
