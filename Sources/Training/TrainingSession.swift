import LinearAlgebra
import NeuralNetworks
import RandomStreams

/// A training that can be looked at, changed and gone on with after every epoch.
///
/// The accuracy and the loss on S alone are taken after each epoch. An epoch costs ⌈n/batch⌉ steps and one
/// pass over S. Inputs that are zero in all of S and A are left out: their weights have gradient zero, so
/// that every rule leaves them as they are. (Entropy-SGD would move them by its noise; here they stay.)
package final class TrainingSession: EpochTraining {
  /// Epochs run.
  package private(set) var epoch = 0
  /// Mean cross-entropy on S, in nats.
  package private(set) var lossOnTrain = Double.infinity
  /// The number of right answers on S.
  package private(set) var correctOnTrain = 0

  /// |S|.
  package var scoredCount: Int { self.set.scoredCount }

  private let set: TrainingSet
  private let support: InputSupport
  private let inputs: Matrix<Float>
  private let batches: Minibatches
  private let workspace: FullyConnectedWorkspace
  private let optimiser: GradientStep
  /// The network without the inputs that are left out, and with them (where those alone are up to date).
  private var compact: FullyConnectedNetwork
  private var full: FullyConnectedNetwork

  /// The training of `network` on `set` at its beginning.
  ///
  /// - Parameters:
  ///   - key: the stream of the minibatches' permutations.
  ///   - state: of the same training, to go on from.
  package init(
    _ network: FullyConnectedNetwork, on set: TrainingSet, optimiser rule: OptimiserRule, batchSize: Int,
    batchOrder: Minibatches.Order, key: RandomKey, resuming state: TrainingState<FullyConnectedNetwork>? = nil
  ) {
    self.set = set
    support = InputSupport(of: set.inputs)
    inputs = support.compacted(set.inputs)
    full = state?.network ?? network
    compact = support.compacted(full)
    batches = Minibatches(
      inputs: inputs, labels: set.labels, batchSize: batchSize, order: batchOrder, key: key)
    workspace = FullyConnectedWorkspace(
      shape: compact.shape, capacity: max(batches.batchSize, set.scoredCount))
    optimiser = GradientStep(rule, parameterCount: compact.parameters.count, key: key)
    guard let state else {
      score()
      return
    }
    (epoch, lossOnTrain, correctOnTrain) = (state.epoch, state.lossOnTrain, state.correctOnTrain)
    batches.skip(batches: epoch * batches.batchCount)
    optimiser.resume(state.optimiser)
  }

  /// The network as it is now.
  package var network: FullyConnectedNetwork { support.expanded(compact, into: full) }

  /// What to go on from, at the end of an epoch, where nothing was rescaled. Copies the network and the
  /// optimiser's arrays.
  package var state: TrainingState<FullyConnectedNetwork> {
    TrainingState(
      epoch: epoch, lossOnTrain: lossOnTrain, correctOnTrain: correctOnTrain, network: network,
      optimiser: optimiser.memory)
  }

  /// Trains for one epoch, whatever `isCancelled` says: it is short.
  @discardableResult package func advance(isCancelled: () -> Bool) -> Bool {
    epoch += 1
    compact.parameters.withUnsafeMutableBufferPointer { w in
      batches.forEachInNextEpoch { x, y, count in
        optimiser.step(workspace, parameters: w, inputs: x, labels: y, count: count)
      }
    }
    score()
    return true
  }

  /// Multiplies a layer's weights and biases by α and divides the next layer's weights by it: the function
  /// stays (``NeuralNetworks/FullyConnectedNetwork/rescaled(layer:by:)``). What the optimiser keeps from step
  /// to step is left as it is, but for the inner loop of Entropy-SGD, which begins anew.
  package func rescale(layer: Int, by alpha: Double) {
    full = network.rescaled(layer: layer, by: alpha)
    compact = support.compacted(full)
    optimiser.restartInnerLoop()
    score()
  }

  private func score() {
    compact.parameters.withUnsafeBufferPointer { w in
      inputs.elements.withUnsafeBufferPointer { x in
        set.labels.withUnsafeBufferPointer { y in
          guard let w = w.baseAddress, let x = x.baseAddress, let y = y.baseAddress else { return }
          let logits = workspace.logits(parameters: w, inputs: x, count: set.scoredCount)
          correctOnTrain = (0..<logits.count).count { (logits[$0] >= 0) == (y[$0] == 1) }
          lossOnTrain = SigmoidCrossEntropy.mean(logits: logits, labels: y)
        }
      }
    }
  }
}
