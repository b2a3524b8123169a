/// One panel of a figure.
public struct PanelSpec: Equatable, Sendable {
  /// What is drawn.
  public enum Kind: String, Sendable, CaseIterable {
    /// One point a run, coloured by |A|.
    case scatter
    /// The running maximum of the loss against the ascent step, for one run.
    case sharpnessTrace = "sharpness-trace"
    /// Declared by the paper, not built yet: shown with its reason.
    case unavailable
  }
  /// The letter in the figure, such as "a".
  public var id: String
  /// What is drawn.
  public var kind: Kind
  /// The heading above the panel.
  public var title: String
  /// The run group; nil only for an unavailable panel.
  public var runs: String?
  /// What the horizontal axis shows; nil unless it is a scatter.
  public var x: Quantity?
  /// What the vertical axis shows; nil unless it is a scatter.
  public var y: Quantity?
  /// The claim judged on this panel, a name from `claims.yml`.
  public var claim: String?
  /// Why the panel is not available.
  public var reason: String?

  /// A panel from its parts.
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
