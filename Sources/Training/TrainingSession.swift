import NeuralNetworks
package import Optimisers

/// A training that can be scored, changed and resumed after every epoch.
///
/// The accuracy and the loss on S alone are taken after each epoch. An epoch costs ⌈n/batch⌉ steps and one
/// pass over S.
package final class TrainingSession<Learner: NetworkLearner> {
  /// Epochs run.
  package private(set) var epoch = 0
  /// Mean cross-entropy on S, in nats.
  package private(set) var lossOnTrain = Double.infinity
  /// The number of right answers on S.
  package private(set) var correctOnTrain = 0

  let learner: Learner
  private let batches: Minibatches

  /// The training of a learner at its beginning.
  ///
  /// - Parameters:
  ///   - batches: of the learner's examples.
  ///   - state: of the same training, to resume from.
  init(_ learner: Learner, batches: Minibatches, resuming state: TrainingState<Learner.Network>?) {
    self.learner = learner
    self.batches = batches
    guard let state else {
      score()
      return
    }
    (epoch, lossOnTrain, correctOnTrain) = (state.epoch, state.lossOnTrain, state.correctOnTrain)
    batches.skip(batches: epoch * batches.batchCount)
  }

  /// |S|.
  package var scoredCount: Int { learner.scoredCount }

  /// The network as it is now.
  package var network: Learner.Network { learner.network }

  /// The accuracy on S, 0…1.
  package var trainAccuracy: Double { Double(correctOnTrain) / Double(scoredCount) }

  /// Whether every answer on S is right.
  package var hasZeroError: Bool { correctOnTrain == scoredCount }

  /// Whether the loss on S is NaN or infinite.
  package var hasDiverged: Bool { !lossOnTrain.isFinite }

  /// What to resume from, at the end of an epoch, where nothing was rescaled. Copies the network and the
  /// optimiser's arrays.
  package var state: TrainingState<Learner.Network> {
    TrainingState(
      epoch: epoch, lossOnTrain: lossOnTrain, correctOnTrain: correctOnTrain, network: network,
      optimiser: learner.optimiserMemory)
  }

  /// Trains for one epoch.
  ///
  /// - Parameter isCancelled: asked before each step where one takes long; the epoch then stays unfinished.
  /// - Returns: whether the epoch came to its end.
  @discardableResult package func advance(isCancelled: () -> Bool = { false }) -> Bool {
    epoch += 1
    var isUnfinished = false
    learner.takeSteps { step in
      batches.forEachInNextEpoch { examples in
        if Learner.stepsAreLong { isUnfinished = isUnfinished || isCancelled() }
        if !isUnfinished { step(examples) }
      }
    }
    if isUnfinished { return false }
    score()
    return true
  }

  /// Trains until the error on S is zero, which is checked after each epoch; a training that resumes from a
  /// state of zero error is done.
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

  func score() { (lossOnTrain, correctOnTrain) = learner.score() }
}

/// What a ``TrainingSession`` trains: a network with its examples and its optimiser.
package protocol NetworkLearner: AnyObject {
  /// The kind of network.
  associatedtype Network: Sendable & Equatable

  /// Whether a step takes so long that an interruption is asked for before each.
  static var stepsAreLong: Bool { get }

  /// The network as it is now.
  var network: Network { get }
  /// What the optimiser keeps from step to step.
  var optimiserMemory: OptimiserMemory { get }
  /// |S|: the number of examples, from the first, that are scored.
  var scoredCount: Int { get }

  /// Calls `epoch` with the function that takes a step on the examples of these numbers.
  func takeSteps(_ epoch: (_ step: (UnsafeBufferPointer<Int>) -> Void) -> Void)
  /// The mean cross-entropy on S, in nats, and the number of right answers.
  func score() -> (loss: Double, correct: Int)
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

/// Why a training gave no network.
package enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The caller asked to stop, in this epoch.
  case cancelled(epoch: Int)

  /// The fact and its remedy.
  package var description: String {
    switch self {
    case .cancelled(let epoch):
      return "training was interrupted in epoch \(epoch); call again"
    }
  }
}
