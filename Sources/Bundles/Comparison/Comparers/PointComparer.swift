import Figures
import ReportDocuments
import Specifications

/// Compares the points of scatter panels, run by run.
struct PointComparer {
  let replay: FigureReproducibility
  let tolerances: Tolerances

  /// The scatter panels of one figure of one report, with what tells them and their points apart.
  struct Side {
    let panels: [PanelPoints]
    /// What a panel correlates, by its letter, such as "log10-prior-heaviside.generalization".
    let quantities: [String: String]
    /// The design of a run, such as its optimiser and |A|, by its hash.
    let designs: [String: String]

    /// The design of the run of a point; a run without one is like no other.
    func design(_ point: PanelPoints.Point) -> String { designs[point.run] ?? point.run }
  }

  /// The panels that show the same quantities in both reports.
  func compare(_ before: Side, _ after: Side) -> [PanelComparison] {
    before.panels.compactMap { old in
      let quantities = before.quantities[old.panel]
      return after.panels.first { $0.panel == old.panel && after.quantities[$0.panel] == quantities }
        .map { compare(old, $0, designs: (before.design, after.design)) }
    }
  }

  /// Points belong together by the content hash of their run, and those that are left by its design.
  private func compare(
    _ before: PanelPoints, _ after: PanelPoints,
    designs: (before: (PanelPoints.Point) -> String, after: (PanelPoints.Point) -> String)
  ) -> PanelComparison {
    let pairing = Pairing(
      before: before.points.count, after: after.points.count,
      by: [
        ({ before.points[$0].run }, { after.points[$0].run }),
        ({ designs.before(before.points[$0]) }, { designs.after(after.points[$0]) }),
      ])
    var comparison = PanelComparison(
      panel: after.panel, title: after.title, quantities: after.quantities, xLabel: after.xLabel,
      yLabel: after.yLabel, unmoved: [], moved: [], added: pairing.added.map { after.points[$0] }, removed: []
    )
    for (index, old) in before.points.enumerated() {
      guard let partner = pairing.partners[index] else {
        comparison.removed.append(old)
        continue
      }
      let new = after.points[partner.index]
      let rule = tolerances.rule(point: replay.run(old.run))
      if isSame(old.x, new.x, rule), isSame(old.y, new.y, rule), old.isConverged == new.isConverged {
        comparison.unmoved.append(new)
      } else {
        comparison.moved.append(PanelComparison.Move(label: new.label, from: old, to: new))
      }
    }
    return comparison
  }

  private func isSame(_ a: Double, _ b: Double, _ rule: ToleranceRule) -> Bool {
    a == b || rule.allows(a, b)
  }
}
