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
  private let labels: [Float]
  private let everyExample: [Int]
  private let batches: Minibatches
  private let workspace: SparseInputWorkspace

  /// - Parameter network: with a hidden layer.
  init(network: FullyConnectedNetwork, inputs: SparseRows, labels: [Float], batchSize: Int, key: RandomKey) {
    let layout = TransposedFirstLayer(of: network.shape)
    memory = AlignedFloats(layout.parameters(of: network))
    self.labels = labels
    everyExample = Array(0..<inputs.rows)
    // The batches' own inputs are not used: examples are read where they are.
    batches = Minibatches(
      inputs: Matrix(rows: inputs.rows, columns: 0), labels: labels, batchSize: batchSize, order: .shuffled,
      key: key)
    workspace = SparseInputWorkspace(
      layout: layout, inputs: inputs, capacity: max(batches.batchSize, inputs.rows))
  }

  var parameters: UnsafeMutableBufferPointer<Float> { memory.buffer }
  var stepsPerEpoch: Int { batches.batchCount }

  func loss() -> Double {
    everyExample.withUnsafeBufferPointer { selection in
      labels.withUnsafeBufferPointer { y in
        guard let w = parameters.baseAddress, let y = y.baseAddress else { return .nan }
        return workspace.loss(parameters: w, selection: selection, labels: y)
      }
    }
  }

  func climbOneEpoch(rate: Float, isCancelled: () -> Bool, afterStep: () -> Void) {
    guard let w = parameters.baseAddress else { return }
    batches.forEachSelectionInNextEpoch { selection, y in
      workspace.step(w, selection: selection, labels: y, scale: rate)
      afterStep()
    }
  }
}
