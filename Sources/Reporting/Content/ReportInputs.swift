package import Planning
import ReportDocuments
package import Specifications

/// What a report was made from, so that it can be made again from its runs alone: `inputs.json`, with the
/// specs themselves in `source/figures/`.
package struct ReportInputs: VersionedDocument {
  package static let fileName = "inputs.json"
  package static let schema = "plateau-inputs/1"

  package private(set) var schema: String = Self.schema
  /// The profile.
  package var profile: Profile
  /// The seed of every random number.
  package var seed: UInt64
  /// The figures that were chosen, such as "3,S5"; nil for all.
  package var chosenFigures: String?
  /// The report's date, ISO 8601.
  package var date: String
  /// The substitutes for images that were not found.
  package var decisions: [DataDecision]
  /// The runs that the figures show, sorted.
  package var runs: [ContentKey]
  /// The samples of functions that the figures show, sorted.
  package var samples: [ContentKey]
  /// The text of each spec by file name; kept as files of their own, not in `inputs.json`.
  package var specs: [String: String] = [:]

  package init(
    profile: Profile, seed: UInt64, chosenFigures: String?, date: String, decisions: [DataDecision],
    runs: [ContentKey], samples: [ContentKey], specs: [String: String]
  ) {
    self.profile = profile
    self.seed = seed
    self.chosenFigures = chosenFigures
    self.date = date
    self.decisions = decisions
    self.runs = runs
    self.samples = samples
    self.specs = specs
  }

  /// Whether runs were still to be done when the report was written.
  var isUnfinished: Bool { decisions.contains { $0.outcome == .running } }

  private enum CodingKeys: String, CodingKey {
    case schema, profile, seed, chosenFigures, date, decisions, runs, samples
  }
}
