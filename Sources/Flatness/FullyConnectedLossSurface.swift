import LinearAlgebra
import NeuralNetworks
import Optimisers
import RandomStreams

/// The loss of a fully connected network over S.
///
/// A weight that is NaN gives the loss NaN where zeros are left out too: every input that is kept is non-zero
/// in at least one example of S, which meets it.
final class FullyConnectedLossSurface: LossSurface {
  private let memory: AlignedFloats
  private var box: ParameterBox
  private let everyExample: [Int]
  private let batches: Minibatches
  private let workspace: FullyConnectedWorkspace
  /// Whether the last pass of the workspace was taken over all of S and at the parameters as they are.
  private var isAtLastPass = false

  /// - Parameter inputs: S, shape `[n, d]`, of which each input is non-zero in at least one example.
  init(
    network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [Float], batchSize: Int, key: RandomKey
  ) {
    let layout = TransposedLayout(of: network.shape, step: TransposedLayout.fastestStep)
    memory = AlignedFloats(layout.ordered(network.parameters))
    everyExample = Array(0..<inputs.rows)
    box = ParameterBox(around: Array(memory.buffer), halfWidth: 0)
    batches = Minibatches(count: inputs.rows, batchSize: batchSize, order: .shuffled, key: key)
    workspace = FullyConnectedWorkspace(
      layout: layout, inputs: NetworkInputs(inputs), labels: labels,
      capacity: max(batches.batchSize, inputs.rows))
  }

  var stepsPerEpoch: Int { batches.batchCount }
  var hasFiniteParameters: Bool { memory.areFinite }

  func setBox(halfWidth zeta: Double) {
    box = ParameterBox(around: Array(memory.buffer), halfWidth: zeta)
  }

  func loss() -> Double {
    isAtLastPass = true
    return everyExample.withUnsafeBufferPointer { workspace.loss(parameters: memory.start, selection: $0) }
  }

  func climbOneEpoch(rate: Float, isCancelled: () -> Bool, afterStep: () -> Void) {
    batches.forEachInNextEpoch { selection in
      // The loss was taken after the last step, or at the centre of the box: the pass forward is done.
      if !isAtLastPass { _ = loss() }
      workspace.addGradientAfterPassOverAll(
        parameters: memory.start, selection: selection, scale: rate, to: memory.start)
      isAtLastPass = false
      box.clip(memory.buffer)
      afterStep()
    }
  }
}
