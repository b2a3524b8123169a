import ReportDocuments

/// The comparison of two reports, part by part: what `plateau diff` writes as JSON.
package struct ReportComparison: VersionedDocument {
  package static let schema = "plateau-diff/1"
  package static let fileName = "diff.json"

  /// The verdict on the two reports.
  package enum Outcome: String, Codable, Sendable {
    /// Everything is as close as the tolerances ask.
    case same
    /// Something is not.
    case differs
    /// Another profile, other data or another revision of a method: a comparison of numbers would mean
    /// nothing.
    case incomparable

    /// The exit status of `plateau diff`.
    package var status: Int32 {
      switch self {
      case .same: 0
      case .differs: 1
      case .incomparable: 2
      }
    }
  }

  /// One of the two reports.
  package struct Side: Codable, Equatable, Sendable {
    /// The path that the user gave.
    package var name: String
    /// The digest of all its files but `run.json`.
    package var digest: String
    /// The version that made it.
    package var plateauVersion: String
    /// The profile.
    package var profile: String
    /// The seed.
    package var seed: UInt64
    /// The command that makes it.
    package var command: String
    /// When it was made, from `run.json`.
    package var finished: String?
  }

  package private(set) var schema: String = Self.schema
  /// The verdict on the two reports.
  package var outcome: Outcome
  /// The first report.
  package var before: Side
  /// The second report.
  package var after: Side
  /// Why the reports, or some of their figures, cannot be compared.
  package var incomparable: [String]
  /// What a reader must know besides, such as why bitwise agreement is not expected.
  package var remarks: [String]
  /// The figures of both, in the paper's order.
  package var figures: [Judged<FigureComparison>]
  /// The entries of `figures/accepted/`, used or not.
  package var accepted: [AcceptedUse]
  /// Versions, environment, sources: these may explain a difference and never count as one.
  package var facts: [Judged<ValueComparison>]
}
