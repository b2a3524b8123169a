/// One panel of a figure.
public struct PanelSpec: Equatable, Sendable {
  public enum Kind: String, Sendable, CaseIterable {
    /// One point a run, coloured by |A|.
    case scatter
    /// The running maximum of the loss against the ascent step, for one run.
    case sharpnessTrace = "sharpness-trace"
    /// Declared by the paper, not built yet: shown with its reason.
    case unavailable
  }
  public var id: String
  public var kind: Kind
  public var title: String
  /// The run group; nil only for an unavailable panel.
  public var runs: String?
  public var x: Quantity?
  public var y: Quantity?
  /// The claim judged on this panel, a name from `claims.yml`.
  public var claim: String?
  /// Why the panel is not available.
  public var reason: String?

  public init(
    id: String, kind: Kind, title: String, runs: String? = nil, x: Quantity? = nil, y: Quantity? = nil,
    claim: String? = nil, reason: String? = nil
  ) {
    self.id = id
    self.kind = kind
    self.title = title
    self.runs = runs
    self.x = x
    self.y = y
    self.claim = claim
    self.reason = reason
  }
}

/// What an axis shows.
public enum Quantity: String, Sendable, CaseIterable, Codable {
  /// log₁₀ P(f); both likelihoods are in the table, the default one is drawn.
  case log10Prior = "log10-prior"
  /// −log₁₀ sharpness.
  case flatness
  /// log₁₀ sharpness.
  case log10Sharpness = "log10-sharpness"
  /// Accuracy on E in %.
  case generalization
}
