import Plotting

/// The chart of a figure: its panels side by side, with the key to their colours.
struct FigureChart {
  let parts: [FigurePart]
  let statistics: [StatisticRow]

  /// The size of a panel of courses, in points: wider than others, since the epochs are many.
  private static let wide = PictureSize(width: 460, height: 230)

  var chart: Chart {
    let byComplexity = parts.areColouredByComplexity
    let bar = colourBar(byComplexity: byComplexity)
    let drawn = parts.map { part in
      switch part {
      case .scatter(let panel):
        panel.drawn(
          colouring: bar?.colouring ?? .uniform(.blue), byComplexity: byComplexity,
          attackScale: showsShares ? 100 / Double(max(1, panel.largestAttackSize ?? 1)) : 1,
          text: PanelText.lines(panel, statistics: statistics),
          limits: limits(of: panel))
      case .trace(let panel): panel.drawn
      case .timeline(let panel): panel.drawn
      case .sample(let panel): panel.drawn
      case .unavailable(let panel, let reason):
        Panel.unavailable(
          Text.escaped(reason), letter: Text.escaped("(\(panel.id))"), title: Text.escaped(panel.title))
      }
    }
    if parts.contains(where: { $0.timeline != nil }) {
      return Chart(panels: drawn, columns: 1, colourBar: bar, panelSize: Self.wide)
    }
    return Chart(panels: drawn, columns: Self.columns(drawn.count), colourBar: bar)
  }

  /// Whether colours show |A| as a share of the panel's largest: where panels have different ones, as on data
  /// sets of different size, whose colours would all be alike otherwise.
  private var showsShares: Bool { Set(parts.compactMap(\.scatter?.largestAttackSize)).count > 1 }

  /// The key to the colours of scatters: |A|, or the complexity of the functions that were trained to.
  private func colourBar(byComplexity: Bool) -> ColourBar? {
    let rows = parts.compactMap(\.scatter).flatMap(\.rows)
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

  /// The vertical range that the panel shares with others of the same quantity and runs; its own if there
  /// are none.
  private func limits(of panel: ScatterPanel) -> Axis.Limits {
    let alike = parts.compactMap(\.scatter).filter { other in
      other.y == panel.y && other.spec.runs == panel.spec.runs
        && other.spec.epochsPast == panel.spec.epochsPast
    }
    guard alike.count > 1 else { return .automatic }
    return SharedRange(panels: alike.map(\.drawnPoints)).limits.map(Axis.Limits.fixed) ?? .automatic
  }
}
