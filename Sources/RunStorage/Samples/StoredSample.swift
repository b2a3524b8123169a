/// What the store has of a sample of functions.
package enum StoredSample: Equatable, Sendable {
  /// An intact record.
  case found(FunctionSampleRecord)
  /// Nothing.
  case missing
  /// A file that cannot be trusted; it was moved out of the way, and the sample has to be drawn again.
  case damaged(DamagedFile)
}
