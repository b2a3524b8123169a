import LinearAlgebra
import NeuralNetworks
import RandomStreams

/// The loss over S by products with the non-zero inputs alone, the first layer's weights transposed
/// throughout.
///
/// A weight that is NaN gives the loss NaN, as with dense products: every input that is kept is non-zero in
/// at least one example of S, which meets it.
final class SparseLossSurface: LossSurface {
  private let memory: AlignedFloats
  private var box: ParameterBox
  private let labels: [Float]
  private let everyExample: [Int]
  private let batches: Minibatches
  private let batchLabels: AlignedFloats
  private let workspace: SparseInputWorkspace

  /// - Parameter network: with a hidden layer.
  init(network: FullyConnectedNetwork, inputs: SparseRows, labels: [Float], batchSize: Int, key: RandomKey) {
    let layout = TransposedFirstLayer(of: network.shape)
    memory = AlignedFloats(layout.parameters(of: network))
    self.labels = labels
    everyExample = Array(0..<inputs.rows)
    box = ParameterBox(around: Array(memory.buffer), halfWidth: 0)
    batches = Minibatches(count: inputs.rows, batchSize: batchSize, order: .shuffled, key: key)
    batchLabels = AlignedFloats(count: batches.batchSize)
    workspace = SparseInputWorkspace(
      layout: layout, inputs: inputs, capacity: max(batches.batchSize, inputs.rows))
  }

  var stepsPerEpoch: Int { batches.batchCount }
  var hasFiniteParameters: Bool { memory.buffer.allSatisfy(\.isFinite) }

  func setBox(halfWidth zeta: Double) {
    box = ParameterBox(around: Array(memory.buffer), halfWidth: zeta)
  }

  func loss() -> Double {
    everyExample.withUnsafeBufferPointer { selection in
      labels.withUnsafeBufferPointer { y in
        guard let y = y.baseAddress else { return .nan }
        return workspace.loss(parameters: memory.start, selection: selection, labels: y)
      }
    }
  }

  func climbOneEpoch(rate: Float, isCancelled: () -> Bool, afterStep: () -> Void) {
    let y = batchLabels.start
    batches.forEachInNextEpoch { selection in
      for (position, example) in selection.enumerated() { y[position] = labels[example] }
      workspace.step(memory.start, selection: selection, labels: y, scale: rate)
      box.clip(memory.buffer)
      afterStep()
    }
  }
}
