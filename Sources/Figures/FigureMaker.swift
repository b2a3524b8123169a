import Planning
import Plotting
import RandomStreams
import ReportDocuments
package import RunStorage
package import Specifications

/// Makes figures from stored results: tables, statistics, verdicts and pictures. Cheap and pure; trains
/// nothing.
package struct FigureMaker: Sendable {
  private let claims: [ClaimSpec]
  private let records: [TrainingSpec: RunRecord]
  private let samples: [FunctionSampleSpec: FunctionSampleRecord]
  private let seed: UInt64

  /// - Parameters:
  ///   - records: of every run that the figures name.
  ///   - samples: of functions, those that the figures name.
  ///   - seed: the report's; the bootstraps' streams come from it.
  package init(claims: [ClaimSpec], records: [RunRecord], samples: [FunctionSampleRecord] = [], seed: UInt64)
  {
    self.claims = claims
    self.records = Dictionary(records.map { ($0.spec, $0) }, uniquingKeysWith: { first, _ in first })
    self.samples = Dictionary(samples.map { ($0.spec, $0) }, uniquingKeysWith: { first, _ in first })
    self.seed = seed
  }

  /// Makes figures on all cores, in their order, and compares the verdicts of those that name another one.
  ///
  /// - Parameter checkpoint: called before each figure; what it throws ends the work.
  package func make(
    _ specs: [FigureSpec], checkpoint: @Sendable () throws -> Void = {}
  ) rethrows -> [FigureResult] {
    let results = try specs.concurrentMap {
      try checkpoint()
      return make($0)
    }
    let comparing = VerdictComparer(claims: claims, results: results)
    return results.map { result in
      var result = result
      result.verdicts += comparing.verdicts(on: result.spec)
      return result
    }
  }

  /// Makes one figure, without its comparison with another figure.
  package func make(_ spec: FigureSpec) -> FigureResult {
    if let schematic = spec.schematic { return drawn(spec, schematic) }
    let panels = FigurePanels(spec, seed: seed, records: records, samples: samples)
    let judge = ClaimJudge(claims: claims)
    let pairs = PanelPair.pairs(panels.scatters)
    let statistics = statistics(panels, pairs: pairs, judge: judge)
    let used = records(of: spec)
    let sampled = sampledGroups(of: spec)
    let chart = FigureChart(panels: panels, statistics: statistics)
    var seen: Set<ContentKey> = []
    return FigureResult(
      spec: spec, picture: chart.chart, tables: panels.tables(statistics),
      points: panels.scatters.map(PanelPoints.init), statistics: statistics,
      verdicts: (panels.all + spec.leftOut.map { UnavailablePanel($0, reason: "it is left out") }).flatMap {
        judge.verdicts($0, of: spec, pairs: pairs, statistics: statistics)
      },
      altText: AltText.sentences(panels, in: chart.style),
      notes: FigureNotes(panels: panels, statistics: statistics, records: used, samples: sampled).sentences,
      records: used,
      samples: sampled.map(\.sample).filter { seen.insert($0.key).inserted })
  }

  /// All runs of the figure, each once: a figure's panels may share a group.
  private func records(of spec: FigureSpec) -> [RunRecord] {
    var seen: Set<ContentKey> = []
    return spec.panels.flatMap(\.runs).compactMap { spec.runs[$0] }
      .flatMap { $0.trainings(seed: seed) }.compactMap { records[$0] }
      .filter { seen.insert($0.key).inserted }
  }

  /// The run groups whose targets come from a sample, each with its sample, by name.
  private func sampledGroups(of spec: FigureSpec) -> [(group: RunGroup, sample: FunctionSampleRecord)] {
    Set(spec.panels.flatMap(\.runs)).sorted().compactMap { spec.runs[$0] }.compactMap { group in
      group.functionSample(seed: seed).flatMap { samples[$0] }.map { (group, $0) }
    }
  }

  private func statistics(
    _ panels: FigurePanels, pairs: [PanelPair], judge: ClaimJudge
  ) -> [StatisticRow] {
    let statistics = ScatterStatistics(key: RandomKey(seed: seed).split("statistics"))
    return panels.scatters.flatMap(statistics.correlations)
      + panels.scatters.flatMap(statistics.bounds)
      + panels.forests.flatMap { $0.statistics(key: statistics.key) }
      + pairs.flatMap(statistics.differences)
      + panels.scatters.flatMap(statistics.agreements)
      + panels.timelines.flatMap { panel in
        judge.claim(of: panel.spec).map { panel.statistics(for: $0.statistic) } ?? []
      }
  }

  private func drawn(_ spec: FigureSpec, _ schematic: FigureSpec.Schematic) -> FigureResult {
    let picture: any Picture =
      switch schematic {
      case .basins: BasinSchematic()
      case .functionInterpretations: FunctionInterpretationSchematic()
      }
    return FigureResult(
      spec: spec, picture: picture, tables: [], points: [], statistics: [], verdicts: [],
      altText: "Diagram. " + spec.caption,
      notes: [], records: [], samples: [])
  }
}
