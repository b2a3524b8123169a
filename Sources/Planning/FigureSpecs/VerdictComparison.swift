/// A claim that a figure's verdicts are those of another figure.
public struct VerdictComparison: Equatable, Sendable {
  /// The name of the claim in `claims.yml`.
  public var claim: String
  /// The id of the other figure.
  public var figure: String
  /// The panels whose verdicts are compared, each with the other figure's panel.
  public var panels: [Pair]

  /// A panel of the figure itself, and one of the other figure.
  public struct Pair: Equatable, Sendable {
    /// The figure's own panel.
    public var own: String
    /// The other figure's panel.
    public var other: String

    /// Two panels.
    public init(own: String, other: String) {
      self.own = own
      self.other = other
    }
  }

  /// A comparison from its parts.
  public init(claim: String, figure: String, panels: [Pair]) {
    self.claim = claim
    self.figure = figure
    self.panels = panels
  }
}
