import Encodings

/// What of a comparison people are shown: everything that is not the same, or only what makes the reports
/// differ.
struct ShownComparison {
  /// A figure in full, and the parts of it that are shown.
  struct Figure {
    let whole: Judged<FigureComparison>
    let shown: Judged<FigureComparison>
  }
  /// The comparison in full.
  let whole: ReportComparison
  /// The figures that are shown, in the paper's order.
  let figures: [Figure]
  /// How many figures are left out, and which, in one line; nil where none is.
  let leftOut: String?

  /// - Parameter onlyChanged: whether all is left out that does not make the reports differ: what is the
  ///   same, is as close as the tolerances ask, or was accepted.
  init(_ comparison: ReportComparison, onlyChanged: Bool) {
    whole = comparison
    let isShown = { (figure: Judged<FigureComparison>) in onlyChanged ? figure.differs : !figure.isTheSame }
    figures = comparison.figures.filter(isShown).map {
      Figure(whole: $0, shown: onlyChanged ? $0.differencesAlone : $0)
    }
    leftOut = onlyChanged ? Self.leftOut(comparison.figures.filter { !isShown($0) }) : nil
  }

  private static func leftOut(_ figures: [Judged<FigureComparison>]) -> String? {
    if figures.isEmpty { return nil }
    let kinds: [(words: String, figures: [Judged<FigureComparison>])] = [
      ("the same", figures.filter(\.isTheSame)),
      ("within the tolerances", figures.filter { !$0.isTheSame && $0.acceptances.isEmpty }),
      ("accepted", figures.filter { !$0.isTheSame && !$0.acceptances.isEmpty }),
    ]
    let parts = kinds.compactMap { kind in
      kind.figures.isEmpty
        ? nil : "\(kind.figures.count) \(kind.words) (\(kind.figures.map(\.label).joined(separator: ", ")))"
    }
    return "Left out: \(parts.joined(separator: "; "))."
  }
}

extension Judged<FigureComparison> {
  /// The same figure without its parts that make no difference.
  fileprivate var differencesAlone: Self {
    var figure = self
    figure.part.statistics = part.statistics.filter(\.differs)
    figure.part.verdicts = part.verdicts.filter(\.differs)
    figure.part.settings = part.settings.filter(\.differs)
    figure.part.data = part.data.filter(\.differs)
    figure.part.revisions = part.revisions.filter(\.differs)
    // A picture that changed tells what moved, whether or not it counts.
    figure.part.picture = part.picture.flatMap { $0.comparison == .identical ? nil : $0 }
    figure.part.tables = part.tables.filter(\.differs).map { table in
      var table = table
      table.part.rows = table.rows.filter(\.differs)
      return table
    }
    // Points have no judgement of their own: they move with the table's rows and with the panel's statistics.
    let letters = Set(figure.statistics.map(\.panel))
    figure.part.panels = part.panels.filter { letters.contains($0.panel) || !figure.tables.isEmpty }
    return figure
  }
}
