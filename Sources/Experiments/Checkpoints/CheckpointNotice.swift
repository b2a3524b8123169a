/// An event of a run's checkpoints, for the progress display.
package enum CheckpointNotice: Sendable, Equatable {
  /// The run resumes from a checkpoint, for example at "epoch 12 of its training".
  case resumed(from: String)
  /// Warning: a checkpoint cannot be used here, so the stage starts from its beginning.
  case ignored(reason: String)
  /// Warning: a checkpoint could not be written. The run continues.
  case notWritten(reason: String)
  /// Warning: the checkpoints of a stored run could not be removed.
  case notRemoved(reason: String)
}
