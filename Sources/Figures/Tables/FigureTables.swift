/// All tables of a figure: that of its runs, those of its traces, that of its timelines.
struct FigureTables {
  let parts: [FigurePart]

  /// The first one under the figure's own name.
  var tables: [FigureTable] {
    var tables: [FigureTable] = []
    func add(_ name: String, _ csv: String) {
      tables.append(FigureTable(suffix: tables.isEmpty ? "" : "-\(name)", csv: csv))
    }
    let scatters = parts.compactMap(\.scatter)
    if !scatters.isEmpty { add("runs", RunTable(rows: rows(scatters)).csv) }
    for trace in parts.compactMap(\.trace) { add("trace-\(trace.spec.id)", trace.csv) }
    let timelines = courses(parts.compactMap(\.timeline))
    if !timelines.isEmpty { add("timelines", TimelineTable(panels: timelines).csv) }
    for sample in parts.compactMap(\.sample) {
      let table = FunctionSampleTable(sample: sample.record.result)
      switch sample.spec.kind {
      case .rankFrequency: add("ranks-\(sample.spec.id)", table.ranks)
      default:
        add("complexity-\(sample.spec.id)", table.complexities)
        add("functions-\(sample.spec.id)", table.functions)
      }
    }
    return tables
  }

  /// Every network once, by group and epoch, in the panels' order.
  private func rows(_ panels: [ScatterPanel]) -> [RunRow] {
    var seen: Set<String> = []
    return panels.flatMap { panel in
      seen.insert("\(panel.spec.runs ?? "") \(panel.spec.epochsPast)").inserted ? panel.rows : []
    }
  }

  /// Every timeline once, in the panels' order.
  private func courses(_ panels: [TimelinePanel]) -> [TimelinePanel] {
    var seen: Set<String> = []
    return panels.filter { seen.insert($0.spec.runs ?? "").inserted }
  }
}
