/// What was written.
public struct SiteSummary: Sendable, Equatable {
  /// The SHA-256 of `SHA256SUMS`, and so of every file but `run.json`: equal for equal content.
  public let digest: String
  /// The paths below the folder, sorted.
  public let files: [String]
}
