import Plotting

/// The chart of a figure: its panels side by side, with the key to their colours.
struct FigureChart {
  let panels: FigurePanels
  let statistics: [StatisticRow]

  /// The size of a timeline's panel, in points: wider than the others, for its many epochs.
  private static let wide = PictureSize(width: 460, height: 230)
  /// So many timelines stand one below the other; more of them are small multiples, for comparison.
  private static let mostWide = 3

  var chart: Chart {
    let style = style
    let drawn = panels.all.map { $0.drawn(in: style) }
    if let forest = panels.forests.max(by: { $0.size.height < $1.size.height }) {
      return Chart(panels: drawn, columns: 1, colourBar: style.colourBar, panelSize: forest.size)
    }
    if (1...Self.mostWide).contains(panels.timelines.count) {
      return Chart(panels: drawn, columns: 1, colourBar: style.colourBar, panelSize: Self.wide)
    }
    return Chart(
      panels: drawn, columns: panels.layout.columns.map { min($0, drawn.count) } ?? Self.columns(drawn.count),
      colourBar: style.colourBar)
  }

  /// What the panels have in common.
  var style: FigureStyle {
    let byComplexity = panels.areColouredByComplexity
    return FigureStyle(
      statistics: statistics, colourBar: colourBar(byComplexity: byComplexity), byComplexity: byComplexity,
      showsShares: showsShares, scatters: panels.scatters, sharesAxes: panels.layout.sharesAxes)
  }

  /// Whether colours show |A| as a share of the panel's largest: where panels have different ones, as on data
  /// sets of different size, whose colours would all be alike otherwise.
  private var showsShares: Bool { Set(panels.scatters.compactMap(\.largestAttackSize)).count > 1 }

  /// The key to the colours of scatters: |A|, or the complexity of the functions that were trained to.
  private func colourBar(byComplexity: Bool) -> ColourBar? {
    let rows = panels.scatters.flatMap(\.rows)
    let complexities = rows.compactMap { $0.target?.complexity }
    if byComplexity, let low = complexities.min(), let high = complexities.max() {
      return ColourBar("Lempel–Ziv complexity of <i>f</i> (bits)", range: low...max(high, low + 1))
    }
    if showsShares {
      return ColourBar("Attack set size |<i>A</i>|, % of the panel's largest", range: 0...100)
    }
    return rows.map { Double($0.training.attackSize) }.max().map {
      ColourBar("Attack set size |<i>A</i>|", range: 0...max($0, 1))
    }
  }

  /// So many panels side by side that the rows are full: figures with several quantities have one in a row.
  static func columns(_ count: Int) -> Int {
    switch count {
    case ...3: count
    case 4: 2
    case _ where count.isMultiple(of: 4): 4
    default: 3
    }
  }
}
