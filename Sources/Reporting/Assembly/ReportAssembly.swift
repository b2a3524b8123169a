import Encodings
package import Figures
import Planning
import ReportDocuments
import RunStorage
package import Specifications

/// Puts the figures, the specs and the facts of one report together: results to content, nothing measured or
/// drawn anew.
package struct ReportAssembly: Sendable {
  /// What the report is made from: with the command, its identity.
  package var inputs: ReportInputs
  /// The version of the code.
  package var plateauVersion: String
  /// The versions of the code's Swift packages, by name.
  package var packages: [String: String]
  /// The command that makes the report again, and the one for a single figure.
  package var command: @Sendable (_ figure: String?) -> String

  private var profile: Profile { inputs.profile }
  private var seed: UInt64 { inputs.seed }
  private var date: String { inputs.date }

  /// The identity of one report.
  package init(
    inputs: ReportInputs, plateauVersion: String, packages: [String: String],
    command: @escaping @Sendable (_ figure: String?) -> String
  ) {
    self.inputs = inputs
    self.plateauVersion = plateauVersion
    self.packages = packages
    self.command = command
  }

  /// The content of the report on `results`.
  ///
  /// - Parameters:
  ///   - claims: by which the verdicts of `results` were found.
  ///   - checkpoint: called before each figure is drawn.
  /// - Throws: what drawing and `checkpoint` throw.
  package func content(
    _ results: [FigureResult], claims: [ClaimSpec], tableOne: [TableOneRow], constants: [MeasureRow] = [],
    checkpoint: @Sendable () throws -> Void = {}
  ) throws -> ReportContent {
    let measures = Set(
      results.flatMap { $0.spec.runs.values }.flatMap(\.measurements).flatMap(\.parts).map(\.kind))
    var content = ReportContent(
      title: "Flatness, priors and generalization",
      subtitle:
        "The figures of “Why flatness does and does not correlate with generalization for deep neural networks”, run again from their specs.",
      profile: ReportProfile(name: profile.rawValue, statement: Self.statement(profile)),
      plateauVersion: plateauVersion, seed: seed, command: command(nil), datePublished: date,
      claims: results.flatMap(\.verdicts).map(withFileName),
      optimisers: OptimiserVerdicts(results, claims: claims),
      sections: try results.concurrentMap {
        try checkpoint()
        return try section($0)
      },
      tableOne: tableOne.map { row($0, results) }, constants: Self.constants(constants, results),
      measures: MeasureNote.all.filter { measures.contains($0.kind) },
      datasets: datasets(results),
      environment: Environment(results.flatMap(\.records).map(\.provenance), packages: packages),
      notes: results.flatMap(notes), licence: Self.licence,
      bibliography: Bibliography.references(for: measures), inputs: inputs)
    try checkpoint()
    content.printed = try PrintedReport(content: content, pictures: results.map(\.picture)).pdf()
    return content
  }

  private static func statement(_ profile: Profile) -> String {
    switch profile {
    case .smoke: "the smallest sizes, to see that everything works; its numbers mean little"
    case .quick: "fewer and smaller runs than the paper's; the method is the same"
    case .paper: "the paper's own sizes"
    }
  }

  static func fileName(_ figure: String) -> String { "fig\(figure)" }

  private func withFileName(_ verdict: ClaimVerdict) -> ClaimVerdict {
    var verdict = verdict
    verdict.figure = Self.fileName(verdict.figure)
    return verdict
  }

  private func section(_ result: FigureResult) throws -> FigureSection {
    let spec = result.spec
    let id = Self.fileName(spec.id)
    let data = datasets([result])
    return FigureSection(
      id: id, label: "Figure \(spec.id)", title: spec.title, caption: spec.caption, altText: result.altText,
      picture: try FigurePictures(result.picture, id: id, creationDate: date), tables: result.tables,
      points: result.points,
      dataStatement: data.isEmpty
        ? nil
        : "Data: "
          + data.map { ([$0.summary] + $0.sizes).joined(separator: "; ") }.joined(separator: "; ") + ".",
      statistics: result.statistics, settings: spec.settings,
      provenance: FigureFacts(result: result, seed: seed, data: data, command: command(spec.id)).provenance,
      notes: result.notes,
      missingPanels: (spec.panels + spec.leftOut).compactMap { panel in
        panel.reason.map { .init(id: panel.id, title: panel.title, reason: $0) }
      },
      paperResults: spec.panels.compactMap { panel in panel.paper.map { .init(panel: panel.id, finding: $0) }
      })
  }

  private func row(_ row: TableOneRow, _ results: [FigureResult]) -> SharpnessSettingsRow {
    let settings = row.settings
    func sourced<Value>(_ value: Value, _ key: String) -> Sourced<Value> {
      Sourced(value, row.sources[key] ?? [])
    }
    let figures = results.filter { result in
      result.spec.runs.values.contains { group in
        group.measurements.flatMap(\.parts).contains { $0.sharpness?.row == settings.row }
      }
    }
    // A profile may have the ascent take fewer epochs.
    let epochs = Set(
      results.flatMap { $0.spec.runs.values }.flatMap(\.measurements).flatMap(\.parts)
        .compactMap(\.sharpness).filter { $0.row == settings.row }.map(\.epochs))
    let changed = epochs.count == 1 ? epochs.first.flatMap { $0 == settings.epochs ? nil : $0 } : nil
    return SharpnessSettingsRow(
      name: settings.row, data: row.inputs.title, network: row.network.shortTitle,
      box: sourced(settings.box, "box"), batch: sourced(settings.batch, "batch"),
      learningRate: sourced(settings.learningRate, "learningRate"),
      epochs: changed.map { Sourced($0, ["O"]) } ?? sourced(settings.epochs, "epochs"),
      figures: figures.map { Self.fileName($0.spec.id) })
  }

  /// Each data set once, with the figures that used it.
  private func datasets(_ results: [FigureResult]) -> [DatasetFact] {
    var facts: [DatasetFact] = []
    for result in results {
      let figure = Self.fileName(result.spec.id)
      for record in result.records {
        let sizes =
          record.spec.target == nil
          ? Self.sizes(record.spec.dataset) : "|S| = \(record.spec.dataset.train), no A, no E"
        if let known = facts.firstIndex(where: { $0.sha256 == record.dataDigest }) {
          if facts[known].figures.last != figure { facts[known].figures.append(figure) }
          if !facts[known].sizes.contains(sizes) { facts[known].sizes.append(sizes) }
        } else {
          facts.append(
            DatasetFact(
              name: record.spec.dataset.name, summary: record.dataSummary,
              source: record.spec.dataset.source.statement, sizes: [sizes],
              sha256: record.dataDigest, figures: [figure]))
        }
      }
    }
    return facts
  }

  private static func sizes(_ dataset: DatasetSpec) -> String {
    "|S| = \(dataset.train), attack pool \(dataset.attackPool), |E| = \(dataset.test)"
  }

  private func notes(_ result: FigureResult) -> [RunNote] {
    let figure = Self.fileName(result.spec.id)
    let measured = Dictionary(
      result.spec.runs.values.flatMap { $0.measurements.map { ($0.identity, $0) } },
      uniquingKeysWith: { first, _ in first })
    return result.records.flatMap { record -> [RunNote] in
      func note(_ kind: RunNote.Kind, _ detail: String) -> RunNote {
        RunNote(
          kind: kind, figure: figure, key: record.key.description, run: record.spec.label, detail: detail)
      }
      let training = record.results.training
      let accuracy = NumberText(100 * training.trainAccuracy)?.plain ?? "–"
      let ending: [RunNote] =
        switch training.status {
        case .converged: []
        case .notConverged:
          [
            note(
              .notConverged,
              "accuracy on S \(accuracy) % after \(training.epochs) epochs; drawn open, in the table, in no statistic"
            )
          ]
        case .failed:
          [
            note(
              .failed, "the loss became NaN or infinite in epoch \(training.epochs); in the table, not drawn")
          ]
        }
      let measurements = record.results.measurements.filter { measured[$0.key] != nil }
      return ending
        + measurements.sorted { $0.key < $1.key }.compactMap { identity, measurement in
          switch measurement {
          // Counted below the figure: one sentence for all epochs and measurements.
          case .failed where (measured[identity]?.epochsPast ?? 0) > 0 && training.status == .notConverged:
            nil
          case .failed(let reason): note(.failed, "\(identity): \(reason)")
          case .prior(let prior) where !prior.converged:
            note(
              .notConverged,
              "\(identity): expectation propagation had not settled after \(prior.sweeps) sweeps; no value is used"
            )
          case .prior, .sharpness, .hessian, .scalar, .estimate, .state, .timeline: nil
          }
        }
    }
  }

  private static let licence = Licence(
    name: "Apache License 2.0", identifier: "Apache-2.0",
    address: "https://www.apache.org/licenses/LICENSE-2.0",
    statement:
      "The report's text, pictures and tables may be used under this licence. The data sets and the paper have their own."
  )
}
