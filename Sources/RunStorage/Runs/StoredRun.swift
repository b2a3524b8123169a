/// What the store has under a key.
package enum StoredRun: Equatable, Sendable {
  /// An intact record.
  case found(RunRecord)
  /// Nothing.
  case missing
  /// A file that cannot be trusted; it was moved out of the way, and the run has to be made again.
  case damaged(DamagedFile)
}
