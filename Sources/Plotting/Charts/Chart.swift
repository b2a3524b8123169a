/// Panels in rows and columns, filled row by row, with one colour bar on the right for all of them.
///
/// The frames of the panels are lined up: margins are measured from the texts, and the widest one of a
/// column, and the highest one of a row, holds for all in it.
package struct Chart: Picture, Equatable {
  /// The panels, row by row.
  package var panels: [Panel]
  /// How many panels stand side by side.
  package var columns: Int
  /// The key to the colours, if they show numbers.
  package var colourBar: ColourBar?
  /// The size of one panel with its labels, in points.
  package var panelSize: PictureSize

  /// A chart of at least one panel; `panelSize` in points, with the labels.
  package init(
    panels: [Panel], columns: Int, colourBar: ColourBar? = nil,
    panelSize: PictureSize = PictureSize(width: 250, height: 210)
  ) {
    precondition(!panels.isEmpty, "expected at least one panel, got none")
    precondition(columns > 0, "expected at least one column, got \(columns)")
    self.panels = panels
    self.columns = min(columns, panels.count)
    self.colourBar = colourBar
    self.panelSize = panelSize
  }

  /// The rows, the last of which may be short.
  package var rows: Int { (panels.count + columns - 1) / columns }

  /// The panels and the colour bar together, in points.
  package var size: PictureSize {
    PictureSize(
      width: Double(columns) * panelSize.width + (colourBar == nil ? 0 : ColourBarPainter.width),
      height: Double(rows) * panelSize.height)
  }

  /// Draws the panels and the colour bar.
  package func draw(on canvas: Canvas) {
    let layout = ChartLayout(self, canvas: canvas)
    for (index, panel) in panels.enumerated() {
      PanelPainter(panel: panel, frame: layout.frames[index], cell: layout.cells[index], canvas: canvas)
        .draw()
    }
    if let colourBar {
      ColourBarPainter(bar: colourBar, frame: layout.frameOfColourBar, canvas: canvas).draw()
    }
  }
}
