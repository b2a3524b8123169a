import Experiments
import Figures
import Reporting
import RunStorage
import SpecReading
import Specifications

/// From finished runs to the content of a report, whether the runs come from a store or from a bundle.
struct ReportRecipe {
  let profile: Profile
  let seed: UInt64
  /// The figures that were chosen, such as "3,S5"; nil for all.
  let chosenFigures: String?
  /// ISO 8601.
  let date: String
  let decisions: [DataDecision]
  let specs: SpecLibrary
  /// The chosen figures, with the images that were decided on.
  let figures: [FigureSpec]

  /// - Parameter checkpoint: called between figures; what it throws ends the work.
  func content(
    records: [RunRecord], samples: [FunctionSampleRecord], checkpoint: @Sendable () throws -> Void = {}
  ) throws -> ReportContent {
    let maker = FigureMaker(claims: specs.claims, records: records, samples: samples, seed: seed)
    let results = try maker.make(figures, checkpoint: checkpoint)
    let assembly = ReportAssembly(
      inputs: inputs(
        records: results.flatMap(\.records), samples: results.flatMap(\.samples)),
      plateauVersion: BuildFacts.plateauVersion, packages: BuildFacts.packages,
      command: { [self] in command(figure: $0) })
    return try assembly.content(
      results, claims: specs.claims, tableOne: specs.tableOne, constants: specs.measureRows,
      checkpoint: checkpoint)
  }

  /// What `inputs.json` says of a report that shows these runs and samples.
  func inputs(records: [RunRecord], samples: [FunctionSampleRecord]) -> ReportInputs {
    ReportInputs(
      profile: profile, seed: seed, chosenFigures: chosenFigures, date: date, decisions: decisions,
      runs: Set(records.map(\.key)).sorted(), samples: Set(samples.map(\.key)).sorted(), specs: specs.sources)
  }

  /// What must be typed to make the report, or one figure of it, again: without defaults and without folders.
  private func command(figure: String?) -> String {
    let standard = WorkRequest.standard
    var words = ["plateau", "report"]
    if profile != standard.profile { words += ["--profile", profile.rawValue] }
    if let figures = figure ?? chosenFigures { words += ["--figures", figures] }
    if seed != standard.seed { words += ["--seed", String(seed)] }
    return words.joined(separator: " ")
  }
}
