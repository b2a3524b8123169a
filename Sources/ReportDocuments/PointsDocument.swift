/// `points.json`: what the scatter panels show, point by point, so that two reports can be compared by it.
package struct PointsDocument: VersionedDocument {
  package static let fileName = "points.json"
  package static let schema = "plateau-points/1"

  package private(set) var schema: String = Self.schema
  /// The scatter panels by figure, such as `fig3`.
  package var figures: [String: [PanelPoints]]

  /// The panels of each figure.
  package init(figures: [String: [PanelPoints]]) { self.figures = figures }
}

/// The points of one scatter panel as its picture shows them, with the runs behind them.
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
  /// The points, in the plan's order; runs that failed or were not measured have none.
  package var points: [Point]

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
