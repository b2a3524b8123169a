import Figures
import Planning

/// Compares the points of scatter panels, run by run.
struct PointComparer {
  let replay: FigureReplay
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
    var partners: [Int: Int] = [:]
    var free = Set(after.points.indices)
    for identity in [\PanelPoints.Point.run, \PanelPoints.Point.label] {
      var waiting: [String: [Int]] = [:]
      for index in after.points.indices.reversed() where free.contains(index) {
        waiting[after.points[index][keyPath: identity], default: []].append(index)
      }
      for index in before.points.indices where partners[index] == nil {
        guard let partner = waiting[before.points[index][keyPath: identity]]?.popLast() else { continue }
        partners[index] = partner
        free.remove(partner)
      }
    }
    var comparison = PanelComparison(
      panel: after.panel, title: after.title, quantities: after.quantities, xLabel: after.xLabel,
      yLabel: after.yLabel, unmoved: [], moved: [], added: free.sorted().map { after.points[$0] },
      removed: before.points.indices.filter { partners[$0] == nil }.map { before.points[$0] })
    for (index, partner) in partners.sorted(by: { $0.key < $1.key }) {
      let (old, new) = (before.points[index], after.points[partner])
      let rule = tolerances.rule(column: "", replay.run(old.run))
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
