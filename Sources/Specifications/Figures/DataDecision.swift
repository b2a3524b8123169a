/// What was decided about the images of one run group, where they are not those that its spec names.
///
/// A report keeps its decisions, so that it can be made again where the images are not there.
package struct DataDecision: Codable, Equatable, Sendable {
  /// What the group has instead.
  package enum Outcome: Codable, Equatable, Sendable {
    /// Its substitute's images; `title` is the name of its own data set for readers.
    case substitute(title: String, DataSubstitution)
    /// None, so that its panels are not available.
    case unavailable(reason: String)
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
    }
  }
}

extension FigureSpec {
  /// This figure with those of `decisions` that are about its run groups.
  package func applying(_ decisions: [DataDecision]) -> FigureSpec {
    decisions.filter { $0.figure == id && runs[$0.group] != nil }.reduce(self) { figure, decision in
      switch decision.outcome {
      case .substitute(let title, let substitution):
        figure.runs[decision.group]?.substitute == nil
          ? figure : figure.substituting(decision.group, title: title, substitution)
      case .unavailable(let reason): figure.withoutRuns(decision.group, reason: reason)
      }
    }
  }
}
