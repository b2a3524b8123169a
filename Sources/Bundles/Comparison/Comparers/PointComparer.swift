import Figures
import ReportDocuments
import Specifications

/// Compares the points of scatter panels, run by run.
struct PointComparer {
  let replay: FigureReproducibility
  let tolerances: Tolerances

  /// The panels that both reports have.
  func compare(_ before: [PanelPoints], _ after: [PanelPoints]) -> [PanelComparison] {
    before.compactMap { old in
      after.first { $0.panel == old.panel && $0.xLabel == old.xLabel && $0.yLabel == old.yLabel }
        .map { compare(old, $0) }
    }
  }

  /// Points belong together by the content hash of their run, and those that are left by its label.
  private func compare(_ before: PanelPoints, _ after: PanelPoints) -> PanelComparison {
    let pairing = Pairing(
      before: before.points.count, after: after.points.count,
      by: [\PanelPoints.Point.run, \PanelPoints.Point.label].map { identity in
        ({ before.points[$0][keyPath: identity] }, { after.points[$0][keyPath: identity] })
      })
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
