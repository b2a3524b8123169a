import Figures
import Plotting
import ReportDocuments

/// The point clouds of a figure's scatter panels in both reports, in one chart: moves as arrows.
struct MovesChart {
  let panels: [PanelComparison]

  /// The panels in which a point moved, appeared or disappeared; nil if there is none.
  var chart: Chart? {
    let changed = panels.filter { !$0.isSame }
    guard !changed.isEmpty else { return nil }
    return Chart(
      panels: changed.map(Self.panel), columns: min(3, changed.count),
      panelSize: PictureSize(width: 280, height: 240))
  }

  private static func panel(_ panel: PanelComparison) -> Panel {
    var layers: [Plot.Layer] = []
    func add(_ points: [PanelPoints.Point], _ marker: Marker, _ colour: Colour, _ name: String) {
      guard !points.isEmpty else { return }
      layers.append(
        .scatter(
          ScatterSeries(
            points.map { ScatterSeries.Point(x: $0.x, y: $0.y) }, colouring: .uniform(colour), marker: marker,
            name: name)))
    }
    add(panel.unmoved, Marker(diameter: 4), .grey, "not moved")
    add(panel.moved.map(\.from), Marker(isFilled: false), .grey, "first report")
    if !panel.moved.isEmpty {
      layers.append(
        .arrows(
          ArrowSeries(
            panel.moved.map {
              ArrowSeries.Move(
                from: LineSeries.Point(x: $0.from.x, y: $0.from.y),
                to: LineSeries.Point(x: $0.to.x, y: $0.to.y))
            })))
    }
    add(panel.moved.map(\.to), Marker(), .blue, "second report")
    add(panel.removed, Marker(.square, isFilled: false), .reddishPurple, "only in the first")
    add(panel.added, Marker(.square), .bluishGreen, "only in the second")
    return Panel(
      letter: Text.escaped("(\(panel.panel))"), title: Text.escaped(panel.title),
      plot: Plot(x: Axis(panel.xLabel), y: Axis(panel.yLabel), layers: layers))
  }
}
