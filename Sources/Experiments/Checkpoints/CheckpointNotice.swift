/// What becomes of the checkpoints of a run, for whoever watches it.
package enum CheckpointNotice: Sendable, Equatable {
  /// The run goes on from there, such as "epoch 12 of its training".
  case resumed(from: String)
  /// A checkpoint is of no use here, and the stage begins anew.
  case ignored(reason: String)
  /// A checkpoint could not be written; the run goes on.
  case notWritten(reason: String)
  /// The checkpoints of a run that is stored could not be removed.
  case notRemoved(reason: String)
}
