import ReportDocuments

/// What two reports have in common and what not: `plateau diff`.
package struct ReportComparison: VersionedDocument {
  package static let schema = "plateau-diff/1"
  /// The file of the document beside the page, by which a folder is known as a comparison.
  package static let fileName = "diff.json"

  /// What it comes to.
  package enum Outcome: String, Codable, Sendable {
    /// Everything is as close as the tolerances ask.
    case same
    /// Something is not.
    case differs
    /// Another profile, other data or another revision of a method: numbers would be compared in vain.
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
    /// What the user called it.
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
  /// What it comes to.
  package var outcome: Outcome
  /// The first report.
  package var before: Side
  /// The second report.
  package var after: Side
  /// Why the reports, or some of their figures, cannot be compared.
  package var incomparable: [String]
  /// What a reader must know besides, such as why numbers are not expected to come back bit for bit.
  package var remarks: [String]
  /// The figures of both, in the paper's order.
  package var figures: [Judged<FigureComparison>]
  /// Versions, environment, sources: what may explain a difference and is none.
  package var facts: [Judged<ValueComparison>]
}
