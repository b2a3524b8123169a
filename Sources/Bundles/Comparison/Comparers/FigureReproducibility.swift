import Figures
import ReportDocuments
import Specifications

/// How closely two reports can be expected to agree in each part of one figure: as the least reproducible of
/// the runs behind it.
struct FigureReproducibility {
  /// The class of the figure as a whole.
  let figure: ReplayClass
  private let runs: [String: ReplayClass]
  private let panels: [String: ReplayClass]

  /// - Parameter isOtherMachineOrSeed: whether trainings take other paths in the two reports.
  init(
    _ sides: [ProvenanceDocument.Figure], points: [PanelPoints], isOtherMachineOrSeed: Bool
  ) {
    let all = sides.flatMap(\.runs)
    func weakened(_ classes: [ReplayClass]) -> ReplayClass {
      isOtherMachineOrSeed && !all.isEmpty ? .statistical : .weakest(classes)
    }
    figure = weakened(sides.map(\.replayClass))
    var runs: [String: ReplayClass] = [:]
    for run in all { runs[run.key] = weakened([run.replayClass] + [runs[run.key]].compactMap { $0 }) }
    var panels: [String: ReplayClass] = [:]
    for panel in points where !panel.points.isEmpty {
      let classes = panel.points.compactMap { runs[$0.run] } + [panels[panel.panel]].compactMap { $0 }
      panels[panel.panel] = .weakest(classes)
    }
    self.runs = runs
    self.panels = panels
  }

  /// The class of a scatter panel; that of the figure for any other panel.
  func panel(_ letter: String) -> ReplayClass { panels[letter] ?? figure }

  /// The class of a run; that of the figure if the run is not known.
  func run(_ key: String?) -> ReplayClass { key.flatMap { runs[$0] } ?? figure }
}
