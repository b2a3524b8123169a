/// Figures whose images are missing.
extension FigureSpec {
  /// This figure with a run group's data set replaced by its substitute. `title` is the printed name of the
  /// data set that the spec names.
  ///
  /// The titles of the panels, the caption and the settings state the substitution.
  package func substituting(_ name: String, title: String, _ substitution: DataSubstitution) -> FigureSpec {
    guard var group = runs[name], let substitute = group.substitute else {
      preconditionFailure("expected a run group with a substitute, got \(name)")
    }
    var figure = self
    let named = group.dataset
    group.dataset.source = .images(substitute.name, substitute.task)
    group.substitution = substitution
    figure.runs[name] = group
    for index in panels.indices where panels[index].runs.contains(name) {
      let panel = panels[index].title
      // Another group of the panel may have been replaced the same way.
      guard !panel.contains(substitution.words) else { continue }
      figure.panels[index].title =
        panel.contains(title)
        ? panel.replacing(title, with: substitution.words) : "\(panel): \(substitution.words)"
    }
    var texts = [("name", named.name, substitute.name.rawValue)]
    if case .images(_, let task) = named.source {
      texts.append(("task", task.rawValue, substitute.task.rawValue))
    }
    for (key, value, substitute) in texts {
      for index in settings.indices where settings[index].path == "\(name).dataset.\(key)" {
        figure.settings[index].value = .text(substitute)
        figure.settings[index].paperValue = .text(value)
      }
    }
    let ids = panels.filter { $0.runs.contains(name) }.map(\.id)
    if !ids.isEmpty {
      let verdict = group.dataset.isStandIn ? "; no claim of the paper is judged on them" : ""
      let sentence =
        " Panel\(ids.count == 1 ? "" : "s") \(ids.joined(separator: ", ")): \(substitution.words)"
        + " (\(substitution.reason))\(verdict)."
      if !caption.contains(sentence) { figure.caption += sentence }
    }
    return figure
  }

  /// This figure without the runs of a group. Its panels become unavailable, for the reason given, those too
  /// that compare the group with others.
  package func withoutRuns(_ name: String, reason: String) -> FigureSpec {
    var figure = self
    figure.runs[name] = nil
    figure.settings.removeAll { $0.path.hasPrefix("\(name).") }
    for index in panels.indices where panels[index].runs.contains(name) {
      figure.panels[index].content = .unavailable(runs: nil, reason: reason)
    }
    return figure
  }
}
