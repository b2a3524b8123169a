package import Specifications

/// `metrics.json`: every statistic and every verdict of a report.
package struct MetricsDocument: VersionedDocument {
  package static let fileName = "metrics.json"
  package static let schema = "plateau-metrics/1"

  /// A statistic of one panel. In the file the members of ``estimate`` stand beside the others, and each that
  /// has no value is null.
  package struct Statistic: Equatable, Sendable {
    /// Unique in the report and stable between reports, such as
    /// `fig3.a.log10-prior-heaviside.generalization.pearson`.
    package var id: String
    /// The figure, such as `fig3`.
    package var figure: String
    /// The panel's letter.
    package var panel: String
    /// What is correlated with what.
    package var quantities: String
    /// Its ``StatisticName``, or a name that only the writing version knows.
    package var statistic: String
    /// What people call it, such as "Pearson r".
    package var title: String
    /// The value.
    package var estimate: StatisticValue
    /// What the reader must know besides.
    package var note: String?
    /// The claims that rest on it.
    package var claims: [JudgedClaim]

    package init(
      id: String, figure: String, panel: String, quantities: String, statistic: String, title: String,
      estimate: StatisticValue, note: String? = nil, claims: [JudgedClaim] = []
    ) {
      self.id = id
      self.figure = figure
      self.panel = panel
      self.quantities = quantities
      self.statistic = statistic
      self.title = title
      self.estimate = estimate
      self.note = note
      self.claims = claims
    }
  }

  /// A claim that rests on a statistic, and what came out.
  package struct JudgedClaim: Codable, Equatable, Sendable {
    /// The claim's name.
    package var claim: String
    /// The verdict.
    package var verdict: String

    package init(claim: String, verdict: String) {
      self.claim = claim
      self.verdict = verdict
    }
  }

  /// The judgement of a claim in one place.
  package struct Claim: Codable, Equatable, Sendable {
    /// The claim's name in `claims.yml`.
    package var name: String
    /// The claim in one sentence.
    package var statement: String
    /// What the paper says about the claim; absent where it is none of the paper's, and in earlier reports.
    package var paperSays: String?
    /// What the paper finds in the panel that is judged; likewise.
    package var paperResult: String?
    /// The rule in words.
    package var rule: String
    /// The figure, such as `fig3`.
    package var figure: String
    /// The panel's letter, if the claim is about one panel.
    @NullIfAbsent package var panel: String?
    /// What tells this judgement from another of the same claim, such as "step likelihood".
    @NullIfAbsent package var condition: String?
    /// The ``Statistic/id`` of each statistic that decided.
    package var statistics: [String]
    /// The number that the intervals are held against, if the rule has one.
    @NullIfAbsent package var threshold: Double?
    /// `holds`, `does-not-hold`, `undecided` or `not-judged`.
    package var verdict: String
    /// Why the claim was not judged.
    @NullIfAbsent package var reason: String?

    package init(
      name: String, statement: String, paperSays: String? = nil, paperResult: String? = nil, rule: String,
      figure: String, panel: String?, condition: String?, statistics: [String], threshold: Double?,
      verdict: String, reason: String?
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
      self.reason = reason
    }
  }

  package private(set) var schema: String = Self.schema
  /// The version of the code.
  package var plateauVersion: String
  /// `smoke`, `quick` or `paper`.
  package var profile: String
  /// The seed that every random stream was split from.
  package var seed: UInt64
  /// The level of the intervals.
  package private(set) var confidence = 0.95
  /// The statistics, in the order of the report.
  package var statistics: [Statistic]
  /// The judgements, in the order of the report, one for each place; of those on the same ``JudgementEvidence`` all but
  /// the first repeat one.
  package var claims: [Claim]

  package init(
    plateauVersion: String, profile: String, seed: UInt64, statistics: [Statistic], claims: [Claim]
  ) {
    self.plateauVersion = plateauVersion
    self.profile = profile
    self.seed = seed
    self.statistics = statistics
    self.claims = claims
  }
}

extension MetricsDocument.Statistic: Codable {
  private enum CodingKeys: String, CodingKey {
    case id, figure, panel, quantities, statistic, title, note, claims
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    id = try container.decode(String.self, forKey: .id)
    figure = try container.decode(String.self, forKey: .figure)
    panel = try container.decode(String.self, forKey: .panel)
    quantities = try container.decode(String.self, forKey: .quantities)
    statistic = try container.decode(String.self, forKey: .statistic)
    title = try container.decode(String.self, forKey: .title)
    note = try container.decodeIfPresent(String.self, forKey: .note)
    claims = try container.decode([MetricsDocument.JudgedClaim].self, forKey: .claims)
    estimate = try StatisticValue(from: decoder)
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(figure, forKey: .figure)
    try container.encode(panel, forKey: .panel)
    try container.encode(quantities, forKey: .quantities)
    try container.encode(statistic, forKey: .statistic)
    try container.encode(title, forKey: .title)
    try container.encode(note, forKey: .note)
    try container.encode(claims, forKey: .claims)
    // An optional that is encoded as a value is null if it is nil.
    var numbers = encoder.container(keyedBy: StatisticValue.CodingKeys.self)
    try numbers.encode(estimate.value, forKey: .value)
    try numbers.encode(estimate.lower, forKey: .lower)
    try numbers.encode(estimate.upper, forKey: .upper)
    try numbers.encode(estimate.pValue, forKey: .pValue)
    try numbers.encode(estimate.n, forKey: .n)
    try numbers.encode(estimate.unmeasured, forKey: .unmeasured)
  }
}
