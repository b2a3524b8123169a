/// The points of one scatter panel as its picture shows them, with the runs behind them: what two reports are
/// compared by, point by point.
package struct PanelPoints: Codable, Equatable, Sendable {
  /// A point.
  package struct Point: Codable, Equatable, Sendable {
    /// The run's content hash.
    package var run: String
    /// Which run it is, such as "SGD, |A| = 50, sample 2".
    package var label: String
    /// Along the horizontal axis.
    package var x: Double
    /// Along the vertical axis.
    package var y: Double
    /// Whether it enters statistics: drawn filled, not open.
    package var isConverged: Bool

    /// All parts, in their order.
    package init(run: String, label: String, x: Double, y: Double, isConverged: Bool) {
      self.run = run
      self.label = label
      self.x = x
      self.y = y
      self.isConverged = isConverged
    }
  }

  /// The panel's letter.
  package var panel: String
  /// The panel's title.
  package var title: String
  /// The horizontal axis in Pango markup.
  package var xLabel: String
  /// The vertical axis in Pango markup.
  package var yLabel: String
  /// What is plotted, in plain words, such as "log₁₀ P(f) (step) against generalization (%)".
  package var quantities: String
  /// The points, in the plan's order; what was not measured or failed has none.
  package var points: [Point]

  /// All parts, in their order.
  package init(
    panel: String, title: String, xLabel: String, yLabel: String, quantities: String, points: [Point]
  ) {
    self.panel = panel
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.quantities = quantities
    self.points = points
  }
}

extension PanelPoints {
  init(_ panel: ScatterPanel) {
    let likelihood = panel.drawnLikelihood
    self.init(
      panel: panel.spec.id, title: panel.spec.title, xLabel: QuantityText.axisLabel(panel.x, likelihood),
      yLabel: QuantityText.axisLabel(panel.y, likelihood), quantities: panel.quantities(likelihood),
      points: panel.drawnRows.map { row, x, y in
        Point(
          run: row.key.description, label: row.training.label, x: x, y: y, isConverged: row.isComparable)
      })
  }
}
