import LinearAlgebra
package import NeuralNetworks
package import Optimisers
package import RandomStreams

/// The training of a fully connected network.
package typealias FullyConnectedTraining = TrainingSession<FullyConnectedLearner>

/// A fully connected network in training.
///
/// Inputs that are zero in all of S and A are left out: their weights have gradient zero, so that every rule
/// leaves them as they are. (Entropy-SGD would move them by its noise; here they stay.)
package final class FullyConnectedLearner: NetworkLearner {
  package static var stepsAreLong: Bool { false }

  private let set: TrainingSet
  private let support: InputSupport
  private let inputs: Matrix<Float>
  private let batch: MinibatchBuffer
  private let workspace: FullyConnectedWorkspace
  private let optimiser: GradientStep
  private var gradient: [Float]
  /// The network without the inputs that are left out, and with them (where those alone are up to date).
  private var compact: FullyConnectedNetwork
  private var full: FullyConnectedNetwork

  init(
    _ network: FullyConnectedNetwork, on set: TrainingSet, optimiser rule: OptimiserRule, batchSize: Int,
    key: RandomKey, resuming memory: OptimiserMemory?
  ) {
    self.set = set
    support = InputSupport(of: set.inputs)
    inputs = support.compacted(set.inputs)
    full = network
    compact = support.compacted(network)
    batch = MinibatchBuffer(inputs: inputs, labels: set.labels, capacity: batchSize)
    workspace = FullyConnectedWorkspace(shape: compact.shape, capacity: max(batchSize, set.scoredCount))
    optimiser = GradientStep(rule, parameterCount: compact.parameters.count, key: key)
    // Plain gradient descent is done in place, without a stored gradient.
    if case .sgd = rule { gradient = [] } else { gradient = compact.parameters.map { _ in 0 } }
    if let memory { optimiser.resume(memory) }
  }

  package var network: FullyConnectedNetwork { support.expanded(compact, into: full) }
  package var optimiserMemory: OptimiserMemory { optimiser.memory }
  package var scoredCount: Int { self.set.scoredCount }

  package func takeSteps(_ epoch: (_ step: (UnsafeBufferPointer<Int>) -> Void) -> Void) {
    compact.parameters.withUnsafeMutableBufferPointer { w in
      gradient.withUnsafeMutableBufferPointer { g in
        epoch { examples in batch.gather(examples) { step(w, gradient: g, inputs: $0, labels: $1, count: $2) }
        }
      }
    }
  }

  private func step(
    _ parameters: UnsafeMutableBufferPointer<Float>, gradient: UnsafeMutableBufferPointer<Float>,
    inputs: UnsafePointer<Float>, labels: UnsafePointer<Float>, count: Int
  ) {
    guard let w = parameters.baseAddress else { return }
    if case .sgd(let rate) = optimiser.rule {
      workspace.accumulateGradient(
        parameters: w, inputs: inputs, labels: labels, count: count, scale: -Float(rate), keep: 1, into: w)
      return
    }
    guard let g = gradient.baseAddress else { return }
    optimiser.withGradientPoint(parameters) { point in
      workspace.accumulateGradient(
        parameters: point, inputs: inputs, labels: labels, count: count, scale: 1, keep: 0, into: g)
    }
    optimiser.apply(gradient, to: parameters)
  }

  func rescale(layer: Int, by alpha: Double) {
    full = network.rescaled(layer: layer, by: alpha)
    compact = support.compacted(full)
    optimiser.restartInnerLoop()
  }

  package func score() -> (loss: Double, correct: Int) {
    compact.parameters.withUnsafeBufferPointer { w in
      inputs.elements.withUnsafeBufferPointer { x in
        set.labels.withUnsafeBufferPointer { y in
          guard let w = w.baseAddress, let x = x.baseAddress, let y = y.baseAddress else { return (.nan, 0) }
          let logits = workspace.logits(parameters: w, inputs: x, count: set.scoredCount)
          return (
            SigmoidCrossEntropy.mean(logits: logits, labels: y),
            (0..<logits.count).count { (logits[$0] >= 0) == (y[$0] == 1) }
          )
        }
      }
    }
  }
}

extension TrainingSession<FullyConnectedLearner> {
  /// The training of `network` on `set` at its beginning.
  ///
  /// - Parameters:
  ///   - key: the stream of the minibatches' permutations.
  ///   - state: of the same training, to resume from.
  package convenience init(
    _ network: FullyConnectedNetwork, on set: TrainingSet, optimiser rule: OptimiserRule, batchSize: Int,
    batchOrder: Minibatches.Order, key: RandomKey, resuming state: TrainingState<FullyConnectedNetwork>? = nil
  ) {
    let batches = Minibatches(count: set.inputs.rows, batchSize: batchSize, order: batchOrder, key: key)
    let learner = FullyConnectedLearner(
      state?.network ?? network, on: set, optimiser: rule, batchSize: batches.batchSize, key: key,
      resuming: state?.optimiser)
    self.init(learner, batches: batches, resuming: state)
  }

  /// Multiplies a layer's weights and biases by α and divides the next layer's weights by it: the function
  /// stays (``NeuralNetworks/FullyConnectedNetwork/rescaled(layer:by:)``). What the optimiser keeps from step
  /// to step is left as it is, but for the inner loop of Entropy-SGD, which begins anew.
  package func rescale(layer: Int, by alpha: Double) {
    learner.rescale(layer: layer, by: alpha)
    score()
  }
}
