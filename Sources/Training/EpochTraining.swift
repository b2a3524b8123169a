/// A training that goes on epoch by epoch and is scored on S after each.
package protocol EpochTraining: AnyObject {
  /// Epochs run.
  var epoch: Int { get }
  /// Mean cross-entropy on S, in nats.
  var lossOnTrain: Double { get }
  /// The number of right answers on S.
  var correctOnTrain: Int { get }
  /// |S|.
  var scoredCount: Int { get }

  /// Trains for one epoch.
  ///
  /// - Parameter isCancelled: asked before each step where one takes long.
  /// - Returns: whether the epoch came to its end.
  @discardableResult func advance(isCancelled: () -> Bool) -> Bool
}

/// How a training ended.
package enum TrainingStatus: Sendable, Equatable {
  /// 100 % accuracy on S.
  case converged
  /// The cap of epochs came first.
  case notConverged
  /// The loss on S became NaN or infinite.
  case diverged
}

extension EpochTraining {
  /// The accuracy on S, 0…1.
  package var trainAccuracy: Double { Double(correctOnTrain) / Double(scoredCount) }

  /// Whether every answer on S is right.
  package var hasZeroError: Bool { correctOnTrain == scoredCount }

  /// Whether the loss on S is NaN or infinite.
  package var hasDiverged: Bool { !lossOnTrain.isFinite }

  /// Trains for one epoch.
  package func advance() { advance(isCancelled: { false }) }

  /// Trains until the error on S is zero, which is looked at after each epoch; a training that goes on from a
  /// state of zero error is there.
  ///
  /// - Parameters:
  ///   - maximumEpochs: the cap, counted from the training's beginning.
  ///   - isCancelled: asked once an epoch at least.
  ///   - afterEpoch: called after each epoch.
  /// - Throws: ``TrainingError/cancelled(epoch:)``.
  package func runToZeroError(
    maximumEpochs: Int, isCancelled: () -> Bool = { false }, afterEpoch: () -> Void = {}
  ) throws(TrainingError) -> TrainingStatus {
    if epoch > 0, hasZeroError { return .converged }
    while epoch < maximumEpochs {
      if isCancelled() { throw .cancelled(epoch: epoch) }
      guard advance(isCancelled: isCancelled) else { throw .cancelled(epoch: epoch) }
      afterEpoch()
      if hasDiverged { return .diverged }
      if hasZeroError { return .converged }
    }
    return .notConverged
  }
}
