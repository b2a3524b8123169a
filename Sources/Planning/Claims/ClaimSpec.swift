/// A claim of the paper with the rule that judges it, written down before the run.
public struct ClaimSpec: Equatable, Sendable, Codable {
  /// The statistic whose 95 % interval decides.
  public enum Statistic: String, Sendable, Codable, CaseIterable {
    case pearson
    case spearman
  }
  /// The name by which panels refer to it.
  public var name: String
  /// The claim in one sentence.
  public var statement: String
  /// The statistic whose interval decides.
  public var statistic: Statistic
  /// Holds when the interval's lower end is at least this (`above` says whether equality counts).
  public var threshold: Double
  /// True where the rule reads "lower end > threshold", false where it reads "≥".
  public var strict: Bool
  /// The rule in words, as printed.
  public var rule: String

  /// A claim with its rule.
  public init(
    name: String, statement: String, statistic: Statistic, threshold: Double, strict: Bool, rule: String
  ) {
    self.name = name
    self.statement = statement
    self.statistic = statistic
    self.threshold = threshold
    self.strict = strict
    self.rule = rule
  }
}
