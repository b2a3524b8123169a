/// The progress of an execution.
struct RunProgress: Sendable {
  /// Called with the share of the run that is done, 0…1, where it is known.
  var share: @Sendable (Double) -> Void = { _ in }
  /// Called after each epoch before zero error, with the epochs run and the share of right answers on S.
  var epoch: @Sendable (_ epochs: Int, _ accuracy: Double) -> Void = { _, _ in }
}
