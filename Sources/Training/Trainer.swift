import LinearAlgebra
import NeuralNetworks
import RandomStreams

/// Trains a fully connected network until its error on S is zero.
///
/// The accuracy on S alone is looked at after each epoch; the first epoch that ends with 100 % is the last.
/// An epoch costs ⌈n/batch⌉ steps and one pass over S. No step allocates.
public struct Trainer: Sendable {
  /// The rule of each step.
  public let optimiser: StochasticGradientDescent
  /// Examples a step.
  public let batchSize: Int
  /// Whether each epoch has an order of its own.
  public let batchOrder: Minibatches.Order
  /// The most epochs.
  public let maximumEpochs: Int

  /// A trainer; the batch size and the number of epochs are at least 1.
  public init(
    optimiser: StochasticGradientDescent, batchSize: Int, batchOrder: Minibatches.Order, maximumEpochs: Int
  ) {
    self.optimiser = optimiser
    self.batchSize = batchSize
    self.batchOrder = batchOrder
    self.maximumEpochs = maximumEpochs
  }

  /// Trains `network` on `set`.
  ///
  /// - Parameters:
  ///   - key: the stream of the minibatches' permutations.
  ///   - isCancelled: asked once an epoch.
  /// - Throws: ``TrainingError/cancelled(epoch:)``.
  public func train(
    _ network: FullyConnectedNetwork, on set: TrainingSet, key: RandomKey, isCancelled: () -> Bool = { false }
  ) throws(TrainingError) -> TrainedNetwork {
    let support = InputSupport(of: set.inputs)
    let inputs = support.compacted(set.inputs)
    var compact = support.compacted(network)
    let batches = Minibatches(
      inputs: inputs, labels: set.labels, batchSize: batchSize, order: batchOrder, key: key)
    let workspace = FullyConnectedWorkspace(
      shape: compact.shape, capacity: max(batches.batchSize, set.scoredCount))

    var score = Score(loss: .infinity, correct: 0)
    var status = TrainedNetwork.Status.notConverged
    var epoch = 0
    while epoch < maximumEpochs {
      if isCancelled() { throw .cancelled(epoch: epoch) }
      epoch += 1
      compact.parameters.withUnsafeMutableBufferPointer { w in
        guard let w = w.baseAddress else { return }
        batches.forEachInNextEpoch { x, y, count in
          optimiser.step(workspace, parameters: w, inputs: x, labels: y, count: count)
        }
        score = Self.score(workspace, parameters: w, inputs: inputs, set: set)
      }
      if !score.loss.isFinite {
        status = .diverged
        break
      }
      if score.correct == set.scoredCount {
        status = .converged
        break
      }
    }
    return TrainedNetwork(
      network: support.expanded(compact, into: network), status: status, epochs: epoch,
      lossOnTrain: score.loss, trainAccuracy: Double(score.correct) / Double(set.scoredCount))
  }

  private struct Score {
    var loss: Double
    var correct: Int
  }

  /// Loss and number of right answers on S.
  private static func score(
    _ workspace: FullyConnectedWorkspace, parameters: UnsafePointer<Float>, inputs: Matrix<Float>,
    set: TrainingSet
  ) -> Score {
    inputs.elements.withUnsafeBufferPointer { x in
      set.labels.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return Score(loss: .nan, correct: 0) }
        let logits = workspace.logits(parameters: parameters, inputs: x, count: set.scoredCount)
        var correct = 0
        for i in 0..<logits.count where (logits[i] >= 0) == (y[i] == 1) { correct += 1 }
        return Score(loss: SigmoidCrossEntropy.mean(logits: logits, labels: y), correct: correct)
      }
    }
  }
}
