/// The progress of an execution.
struct RunProgress: Sendable {
  /// Called as a part of the run begins, with 0, and then with the share of it that is done, 0…1, where it is
  /// known.
  var part: @Sendable (RunPart, _ share: Double) -> Void = { _, _ in }
  /// Called after each epoch before zero error, with the epochs run and the share of right answers on S.
  var epoch: @Sendable (_ epochs: Int, _ accuracy: Double) -> Void = { _, _ in }
}
