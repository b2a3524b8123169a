/// One panel of a figure.
package struct PanelSpec: Equatable, Sendable {
  /// What is drawn, and of which run groups.
  package enum Content: Equatable, Sendable {
    /// One point a run, coloured by |A|.
    case scatter(runs: String, ScatterAxes)
    /// The running maximum of the loss against the ascent step, for one run.
    case sharpnessTrace(runs: String)
    /// Quantities against the epoch, for one training.
    case timeline(runs: String, TimelineAxes)
    /// P(f) of every function of a sample against its rank.
    case rankFrequency(runs: String)
    /// P(f) against the Lempel–Ziv complexity of f, over the functions of a sample.
    case complexity(runs: String)
    /// A correlation of each of several quantities within each of several run groups, with its interval.
    case forest(runs: [String], ForestAxes)
    /// Declared by the paper, and not to be had here: shown with its reason.
    case unavailable(runs: String?, reason: String)
  }
  /// What the axes of a scatter show, and of which networks.
  package struct ScatterAxes: Equatable, Sendable {
    package var x: Quantity
    package var y: Quantity
    /// How many epochs past zero error the networks are looked at.
    package var epochsPast: Int
    /// The only likelihood that the panel is about; nil for each that was measured, of which the step is drawn.
    package var likelihood: PriorSettings.Likelihood?

    /// Two axes.
    package init(
      x: Quantity, y: Quantity, epochsPast: Int = 0, likelihood: PriorSettings.Likelihood? = nil
    ) {
      self.x = x
      self.y = y
      self.epochsPast = epochsPast
      self.likelihood = likelihood
    }
  }
  /// What the axes of a timeline show.
  package struct TimelineAxes: Equatable, Sendable {
    package var left: Quantity
    /// On the right axis, if there is one.
    package var right: Quantity?
    /// How many epochs before and after the rescaling an inset shows; nil for no inset.
    package var inset: Int?

    /// One or two axes.
    package init(left: Quantity, right: Quantity? = nil, inset: Int? = nil) {
      self.left = left
      self.right = right
      self.inset = inset
    }
  }
  /// What a forest plot correlates.
  package struct ForestAxes: Equatable, Sendable {
    /// What everything else is correlated with.
    package var y: Quantity
    /// One band each, from the top; larger values are said to go with larger `y`.
    package var measures: [Quantity]

    /// Correlations of `measures` with `y`.
    package init(y: Quantity, measures: [Quantity]) {
      self.y = y
      self.measures = measures
    }
  }
  /// The letter in the figure, such as "a".
  package var id: String
  /// The heading above the panel.
  package var title: String
  package var content: Content
  /// The claim judged on this panel, a name from `claims.yml`.
  package var claim: String?
  /// What the paper finds in this panel, in a few words of our own with the section; nil where its text says
  /// nothing of it.
  package var paper: String?

  /// A panel from its parts.
  package init(id: String, title: String, _ content: Content, claim: String? = nil, paper: String? = nil) {
    self.id = id
    self.title = title
    self.content = content
    self.claim = claim
    self.paper = paper
  }
}

extension PanelSpec {
  /// The kinds of panels by their names in specs.
  package enum Kind: String, Sendable, CaseIterable {
    case scatter
    case sharpnessTrace = "sharpness-trace"
    case timeline
    case rankFrequency = "rank-frequency"
    case complexity
    case forest
    case unavailable
  }

  /// What kind of panel this is.
  package var kind: Kind {
    switch content {
    case .scatter: .scatter
    case .sharpnessTrace: .sharpnessTrace
    case .timeline: .timeline
    case .rankFrequency: .rankFrequency
    case .complexity: .complexity
    case .forest: .forest
    case .unavailable: .unavailable
    }
  }

  /// The run groups, in the order of the spec; none where an unavailable panel names none.
  package var runs: [String] {
    switch content {
    case .scatter(let runs, _), .sharpnessTrace(let runs), .timeline(let runs, _), .rankFrequency(let runs),
      .complexity(let runs):
      [runs]
    case .forest(let runs, _): runs
    case .unavailable(let runs, _): [runs].compactMap(\.self)
    }
  }

  /// What its axes show, first to last.
  package var quantities: [Quantity] {
    switch content {
    case .scatter(_, let axes): [axes.x, axes.y]
    case .timeline(_, let axes): [axes.left] + [axes.right].compactMap(\.self)
    case .forest(_, let axes): axes.measures + [axes.y]
    case .sharpnessTrace, .rankFrequency, .complexity, .unavailable: []
    }
  }

  /// This panel where `profile` leaves its runs out: named, without data.
  package func leftOut(of profile: Profile) -> PanelSpec {
    PanelSpec(
      id: id, title: title,
      .unavailable(runs: nil, reason: "the profile \(profile.rawValue) leaves it out; paper has it"))
  }

  /// Why the panel is not available; nil where it is.
  package var reason: String? { if case .unavailable(_, let reason) = content { reason } else { nil } }
}
