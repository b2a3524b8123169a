/// A claim of the paper, judged on one panel by a rule that was written down before the run.
package struct ClaimVerdict: Sendable, Equatable {
  /// The rule's decision on the data at hand.
  package enum Verdict: Sendable, Equatable {
    case holds
    case doesNotHold
    case undecided
    /// The data that the rule needs are not in this report.
    case notJudged(reason: String)
  }
  /// The claim's name in `claims.yml`.
  package var name: String
  /// The claim in one sentence.
  package var statement: String
  /// What the paper says about the claim; nil where it is none of the paper's.
  package var paperSays: String?
  /// What the paper finds in the panel that is judged; nil where its text says nothing of it.
  package var paperResult: String?
  /// The rule in words.
  package var rule: String
  /// The id of the figure.
  package var figure: String
  /// The id of its panel, where the claim is about one.
  package var panel: String?
  /// Distinguishes judgements of the same claim, for example "step likelihood".
  package var condition: String?
  /// The ``StatisticRow/id`` of each statistic that decided.
  package var statistics: [String]
  /// The threshold that the intervals are compared with, if the rule has one.
  package var threshold: Double?
  /// The verdict.
  package var verdict: Verdict

  /// All parts, in their order.
  package init(
    name: String, statement: String, paperSays: String? = nil, paperResult: String? = nil, rule: String,
    figure: String, panel: String? = nil, condition: String? = nil, statistics: [String],
    threshold: Double? = nil,
    verdict: Verdict
  ) {
    self.name = name
    self.statement = statement
    self.paperSays = paperSays
    self.paperResult = paperResult
    self.rule = rule
    self.figure = figure
    self.panel = panel
    self.condition = condition
    self.statistics = statistics
    self.threshold = threshold
    self.verdict = verdict
  }
}
