/// One panel of a figure.
package struct PanelSpec: Equatable, Sendable {
  /// What is drawn.
  package enum Kind: String, Sendable, CaseIterable {
    /// One point a run, coloured by |A|.
    case scatter
    /// The running maximum of the loss against the ascent step, for one run.
    case sharpnessTrace = "sharpness-trace"
    /// Quantities against the epoch, for one training.
    case timeline
    /// P(f) of every function of a sample against its rank.
    case rankFrequency = "rank-frequency"
    /// P(f) against the Lempel–Ziv complexity of f, over the functions of a sample.
    case complexity
    /// Declared by the paper, not built yet: shown with its reason.
    case unavailable
  }
  /// The letter in the figure, such as "a".
  package var id: String
  /// What is drawn.
  package var kind: Kind
  /// The heading above the panel.
  package var title: String
  /// The run group; nil only for an unavailable panel.
  package var runs: String?
  /// What the horizontal axis shows; nil unless it is a scatter.
  package var x: Quantity?
  /// What the vertical axis shows, on a timeline the left one; nil unless it is one of these two.
  package var y: Quantity?
  /// What the right axis of a timeline shows, if it has one.
  package var right: Quantity?
  /// How many epochs before and after the rescaling an inset shows; nil for no inset.
  package var inset: Int?
  /// How many epochs past zero error the networks of a scatter are looked at.
  package var epochsPast: Int
  /// The claim judged on this panel, a name from `claims.yml`.
  package var claim: String?
  /// Why the panel is not available.
  package var reason: String?

  /// A panel from its parts.
  package init(
    id: String, kind: Kind, title: String, runs: String? = nil, x: Quantity? = nil, y: Quantity? = nil,
    right: Quantity? = nil, inset: Int? = nil, epochsPast: Int = 0, claim: String? = nil,
    reason: String? = nil
  ) {
    self.id = id
    self.kind = kind
    self.title = title
    self.runs = runs
    self.x = x
    self.y = y
    self.right = right
    self.inset = inset
    self.epochsPast = epochsPast
    self.claim = claim
    self.reason = reason
  }
}
