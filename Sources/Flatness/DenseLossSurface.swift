import LinearAlgebra
import NeuralNetworks
import RandomStreams

/// The loss over S by dense products.
final class DenseLossSurface: LossSurface {
  private let memory: AlignedFloats
  private let inputs: Matrix<Float>
  private let labels: [Float]
  private let batches: Minibatches
  private let workspace: FullyConnectedWorkspace

  init(
    network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [Float], batchSize: Int, key: RandomKey
  ) {
    memory = AlignedFloats(network.parameters)
    self.inputs = inputs
    self.labels = labels
    batches = Minibatches(inputs: inputs, labels: labels, batchSize: batchSize, order: .shuffled, key: key)
    workspace = FullyConnectedWorkspace(
      shape: network.shape, capacity: max(batches.batchSize, inputs.rows))
  }

  var parameters: UnsafeMutableBufferPointer<Float> { memory.buffer }
  var stepsPerEpoch: Int { batches.batchCount }

  func loss() -> Double {
    inputs.elements.withUnsafeBufferPointer { x in
      labels.withUnsafeBufferPointer { y in
        guard let w = parameters.baseAddress, let x = x.baseAddress, let y = y.baseAddress else {
          return .nan
        }
        return workspace.loss(parameters: w, inputs: x, labels: y, count: inputs.rows)
      }
    }
  }

  func climbOneEpoch(rate: Float, isCancelled: () -> Bool, afterStep: () -> Void) {
    guard let w = parameters.baseAddress else { return }
    batches.forEachInNextEpoch { x, y, count in
      workspace.accumulateGradient(
        parameters: w, inputs: x, labels: y, count: count, scale: rate, keep: 1, into: w)
      afterStep()
    }
  }
}
