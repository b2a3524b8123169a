/// Where the cells, frames and the colour bar of a chart lie.
struct ChartLayout {
  let cells: [Rectangle]
  let frames: [Rectangle]
  let frameOfColourBar: Rectangle

  /// The space around a frame that its labels need, in points.
  private struct Margins {
    var left = ChartStyle.edge
    var right = ChartStyle.edge
    var top = ChartStyle.edge
    var bottom = ChartStyle.edge

    func frame(in cell: Rectangle) -> Rectangle {
      Rectangle(
        x: cell.minX + left, y: cell.minY + top, width: max(1, cell.width - left - right),
        height: max(1, cell.height - top - bottom))
    }
  }

  /// Margins before anything is measured.
  private static let guess = Margins(left: 45, right: 8, top: 18, bottom: 36)

  init(_ chart: Chart, canvas: Canvas) {
    var barWidth = 0.0
    if let bar = chart.colourBar {
      barWidth = ColourBarPainter.neededWidth(bar, height: chart.panelSize.height, canvas: canvas)
    }
    let (columns, rows) = (chart.columns, chart.rows)
    let cellSize = PictureSize(
      width: (chart.size.width - barWidth) / Double(columns), height: chart.panelSize.height)
    let cells = chart.panels.indices.map { index in
      Rectangle(
        x: Double(index % columns) * cellSize.width, y: Double(index / columns) * cellSize.height,
        width: cellSize.width, height: cellSize.height)
    }
    let needed = zip(chart.panels, cells).map { panel, cell in
      Self.margins(panel, guess: Self.guess.frame(in: cell), canvas: canvas)
    }
    var byColumn = Array(repeating: Margins(), count: columns)
    var byRow = Array(repeating: Margins(), count: rows)
    for (index, margins) in needed.enumerated() {
      let (column, row) = (index % columns, index / columns)
      byColumn[column].left = max(byColumn[column].left, margins.left)
      byColumn[column].right = max(byColumn[column].right, margins.right)
      byRow[row].top = max(byRow[row].top, margins.top)
      byRow[row].bottom = max(byRow[row].bottom, margins.bottom)
    }
    // Frames of one width: what the columns need beside them is shared out.
    let sides = byColumn.reduce(0) { $0 + $1.left + $1.right }
    let frameWidth = max(1, (chart.size.width - barWidth - sides) / Double(columns))
    var offsets: [Double] = []
    var x = 0.0
    for margins in byColumn {
      offsets.append(x)
      x += margins.left + frameWidth + margins.right
    }
    self.cells = chart.panels.indices.map { index in
      let margins = byColumn[index % columns]
      return Rectangle(
        x: offsets[index % columns], y: Double(index / columns) * cellSize.height,
        width: margins.left + frameWidth + margins.right, height: cellSize.height)
    }
    frames = self.cells.enumerated().map { index, cell in
      var margins = byColumn[index % columns]
      (margins.top, margins.bottom) = (byRow[index / columns].top, byRow[index / columns].bottom)
      return margins.frame(in: cell)
    }
    let top = frames.first?.minY ?? 0
    let bottom = frames.last?.maxY ?? 0
    frameOfColourBar = Rectangle(
      x: chart.size.width - barWidth, y: top, width: barWidth, height: bottom - top)
  }

  private static func margins(_ panel: Panel, guess frame: Rectangle, canvas: Canvas) -> Margins {
    var margins = Margins()
    if !panel.letter.isEmpty || !panel.title.isEmpty {
      let letter = canvas.measure(Text(panel.letter, size: ChartStyle.letterSize, isBold: true))
      let title = canvas.measure(Text(panel.title, size: ChartStyle.labelSize))
      margins.top = ChartStyle.edge + max(letter.height, title.height) + 2
    }
    guard case .plot(let plot) = panel.content else { return margins }
    let (resolved, boxes, _) = PanelPainter.resolved(plot, frame: frame, mayGrow: true, canvas: canvas)
    let x = AxisTicks(resolved.x, length: frame.width, isHorizontal: true, canvas: canvas)
    let left = AxisTicks(resolved.left, length: frame.height, isHorizontal: false, canvas: canvas)
    func labelHeight(_ axis: Axis) -> Double {
      axis.label.isEmpty
        ? 0 : canvas.measure(Text(axis.label, size: ChartStyle.labelSize)).height + ChartStyle.labelGap
    }
    margins.bottom = ChartStyle.edge + labelHeight(plot.x) + x.highestLabel + ChartStyle.tickGap
    margins.left = ChartStyle.edge + labelHeight(plot.y) + left.widestLabel + ChartStyle.tickGap
    margins.top = max(margins.top, ChartStyle.edge + left.highestLabel / 2)
    margins.right = max(margins.right, ChartStyle.edge + x.widestLabel / 2)
    if let right = resolved.right {
      let ticks = AxisTicks(right, length: frame.height, isHorizontal: false, canvas: canvas)
      margins.right = max(
        margins.right,
        ChartStyle.edge + labelHeight(right.axis) + ticks.widestLabel + ChartStyle.tickGap)
    }
    if let legend = boxes.legendBeside {
      margins.right = max(margins.right, ChartStyle.legendGap + legend.width + ChartStyle.edge)
    }
    return margins
  }
}
