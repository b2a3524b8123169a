/// The decision to use other images than the spec of a run group names, or none, or to show the group later.
///
/// A report stores its decisions, so that it can be made again on a machine that lacks the images, or as it
/// was before its last runs were done.
package struct DataDecision: Codable, Equatable, Sendable {
  /// What the group has instead.
  package enum Outcome: Codable, Equatable, Sendable {
    /// The images of its substitute; `title` is the printed name of the data set that the spec names.
    case substitute(title: String, DataSubstitution)
    /// No images, so that its panels are not available.
    case unavailable(reason: String)
    /// Its runs are not done yet, so that its panels come with the next writing of the report.
    case running
    /// Not all of its runs are stored, and none was to be executed, so that its panels are not drawn.
    case unfinished
  }
  /// The figure's id, such as "S19".
  package var figure: String
  /// The name of the run group.
  package var group: String
  /// What it has instead.
  package var outcome: Outcome

  /// A decision on one group.
  package init(figure: String, group: String, outcome: Outcome) {
    self.figure = figure
    self.group = group
    self.outcome = outcome
  }

  /// The decision as a sentence for the user.
  package var notice: String {
    switch outcome {
    case .substitute(_, let substitution):
      "Figure \(figure), \(group): \(substitution.words) (\(substitution.reason))"
    case .unavailable(let reason): "Figure \(figure), \(group): not available: \(reason)"
    case .running: "Figure \(figure), \(group): still running"
    case .unfinished: "Figure \(figure), \(group): left out, since not all runs are stored"
    }
  }
}

extension FigureSpec {
  private static let unfinished = "not all runs are stored"

  /// This figure with those of `decisions` applied that concern its run groups.
  ///
  /// Panels whose runs nobody was to execute are named and not drawn, as long as there is another one to draw.
  package func applying(_ decisions: [DataDecision]) -> FigureSpec {
    var figure = decided(decisions)
    let isUnfinished = { (panel: PanelSpec) in panel.reason == Self.unfinished }
    guard figure.panels.contains(where: { $0.reason == nil }) else { return figure }
    figure.leftOut += figure.panels.filter(isUnfinished)
    figure.panels.removeAll(where: isUnfinished)
    return figure
  }

  private func decided(_ decisions: [DataDecision]) -> FigureSpec {
    decisions.filter { $0.figure == id && runs[$0.group] != nil }.reduce(self) { figure, decision in
      switch decision.outcome {
      case .substitute(let title, let substitution):
        figure.runs[decision.group]?.substitute == nil
          ? figure : figure.substituting(decision.group, title: title, substitution)
      case .unavailable(let reason): figure.withoutRuns(decision.group, reason: reason)
      case .running: figure.withoutRuns(decision.group, reason: "still running")
      case .unfinished: figure.withoutRuns(decision.group, reason: Self.unfinished)
      }
    }
  }
}

/// A note, shown with every result of a run group, that its images are not those of its spec.
package struct DataSubstitution: Codable, Equatable, Sendable {
  /// Both data sets, such as "Fashion-MNIST in place of MNIST".
  package var words: String
  /// Why, such as "fewer than 21 000 MNIST images were found".
  package var reason: String

  /// A substitution with its reason.
  package init(words: String, reason: String) {
    self.words = words
    self.reason = reason
  }
}
