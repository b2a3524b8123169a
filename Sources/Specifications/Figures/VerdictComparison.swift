/// A claim that a figure's verdicts are those of another figure.
package struct VerdictComparison: Equatable, Sendable {
  /// The name of the claim in `claims.yml`.
  package var claim: String
  /// The id of the other figure.
  package var figure: String
  /// The panels whose verdicts are compared, each with the other figure's panel.
  package var panels: [Pair]

  /// A panel of the figure itself, and one of the other figure.
  package struct Pair: Equatable, Sendable {
    /// The figure's own panel.
    package var own: String
    /// The other figure's panel.
    package var other: String

    /// Two panels.
    package init(own: String, other: String) {
      self.own = own
      self.other = other
    }
  }

  /// A comparison from its parts.
  package init(claim: String, figure: String, panels: [Pair]) {
    self.claim = claim
    self.figure = figure
    self.panels = panels
  }
}
