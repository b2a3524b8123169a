import ReportDocuments

extension PanelPoints {
  /// The points that `panel` draws.
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
