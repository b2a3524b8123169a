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
  private let layout: TransposedLayout
  private let workspace: FullyConnectedWorkspace
  private let optimiser: GradientStep
  private let scored: [Int]
  /// The network without the inputs that are left out, in the order of the layout, and ∂L/∂parameters.
  private let parameters: AlignedFloats
  private let gradient: AlignedFloats
  /// The network with the inputs that are left out, which alone are up to date.
  private var full: FullyConnectedNetwork

  init(
    _ network: FullyConnectedNetwork, on set: TrainingSet, optimiser rule: OptimiserRule, batchSize: Int,
    key: RandomKey, resuming memory: OptimiserMemory?
  ) {
    self.set = set
    support = InputSupport(of: set.inputs)
    full = network
    let compact = support.compacted(network)
    layout = TransposedLayout(of: compact.shape, step: TransposedLayout.fastestStep)
    parameters = AlignedFloats(layout.ordered(compact.parameters))
    workspace = FullyConnectedWorkspace(
      layout: layout, inputs: NetworkInputs(support.compacted(set.inputs)), labels: set.labels,
      capacity: max(batchSize, set.scoredCount))
    scored = Array(0..<set.scoredCount)
    optimiser = GradientStep(
      rule, parameterCount: layout.parameterCount, noisyPlaces: layout.places, key: key)
    // Plain gradient descent is done in place, without a stored gradient.
    if case .sgd = rule {
      gradient = AlignedFloats(count: 0)
    } else {
      gradient = AlignedFloats(count: layout.parameterCount)
    }
    if let memory { optimiser.resume(memory.mapArrays(layout.ordered)) }
  }

  private var compact: FullyConnectedNetwork {
    FullyConnectedNetwork(
      shape: layout.shape, parameters: layout.restored(UnsafeBufferPointer(parameters.buffer)))
  }

  package var network: FullyConnectedNetwork { support.expanded(compact, into: full) }
  /// Ordered as the parameters of the network without the inputs that are left out.
  package var optimiserMemory: OptimiserMemory {
    optimiser.memory.mapArrays { $0.withUnsafeBufferPointer(layout.restored) }
  }
  package var scoredCount: Int { self.set.scoredCount }

  package func takeSteps(_ epoch: (_ step: (UnsafeBufferPointer<Int>) -> Void) -> Void) {
    epoch { step($0) }
  }

  private func step(_ examples: UnsafeBufferPointer<Int>) {
    if case .sgd(let rate) = optimiser.rule {
      workspace.addGradient(
        parameters: parameters.start, selection: examples, scale: -Float(rate), to: parameters.start)
      return
    }
    gradient.buffer.update(repeating: 0)
    optimiser.withGradientPoint(parameters.buffer) { point in
      workspace.addGradient(parameters: point, selection: examples, scale: 1, to: gradient.start)
    }
    optimiser.apply(gradient.buffer, to: parameters.buffer)
  }

  func rescale(layer: Int, by alpha: Double) {
    full = network.rescaled(layer: layer, by: alpha)
    _ = parameters.buffer.update(from: layout.ordered(support.compacted(full).parameters))
    optimiser.restartInnerLoop()
  }

  /// The loss is NaN where a parameter is no finite number, also where it only meets zeros on S, which the
  /// products leave out.
  package func score() -> (loss: Double, correct: Int) {
    guard parameters.areFinite else { return (.nan, 0) }
    let logits = scored.withUnsafeBufferPointer {
      workspace.logits(parameters: parameters.start, selection: $0)
    }
    return set.labels.withUnsafeBufferPointer { y in
      guard let y = y.baseAddress else { return (.nan, 0) }
      return (
        SigmoidCrossEntropy.mean(logits: logits, labels: y),
        (0..<logits.count).count { (logits[$0] >= 0) == (y[$0] == 1) }
      )
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
