/// What was written.
package struct SiteSummary: Sendable, Equatable {
  /// The SHA-256 of `SHA256SUMS`, and so of every file but `run.json`: equal for equal content.
  package let digest: String
  /// The paths below the folder, sorted.
  package let files: [String]
}
