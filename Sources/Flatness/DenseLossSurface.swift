import LinearAlgebra
import NeuralNetworks
import RandomStreams

/// The loss over S by dense products.
final class DenseLossSurface: LossSurface {
  private let memory: AlignedFloats
  private var box: ParameterBox
  private let inputs: Matrix<Float>
  private let labels: [Float]
  private let batches: Minibatches
  private let batch: MinibatchBuffer
  private let workspace: FullyConnectedWorkspace

  init(
    network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [Float], batchSize: Int, key: RandomKey
  ) {
    memory = AlignedFloats(network.parameters)
    self.inputs = inputs
    self.labels = labels
    box = ParameterBox(around: network.parameters, halfWidth: 0)
    batches = Minibatches(count: inputs.rows, batchSize: batchSize, order: .shuffled, key: key)
    batch = MinibatchBuffer(inputs: inputs, labels: labels, capacity: batches.batchSize)
    workspace = FullyConnectedWorkspace(
      shape: network.shape, capacity: max(batches.batchSize, inputs.rows))
  }

  var stepsPerEpoch: Int { batches.batchCount }
  var hasFiniteParameters: Bool { memory.buffer.allSatisfy(\.isFinite) }

  func setBox(halfWidth zeta: Double) {
    box = ParameterBox(around: Array(memory.buffer), halfWidth: zeta)
  }

  func loss() -> Double {
    inputs.elements.withUnsafeBufferPointer { x in
      labels.withUnsafeBufferPointer { y in
        guard let x = x.baseAddress, let y = y.baseAddress else { return .nan }
        return workspace.loss(parameters: memory.start, inputs: x, labels: y, count: inputs.rows)
      }
    }
  }

  func climbOneEpoch(rate: Float, isCancelled: () -> Bool, afterStep: () -> Void) {
    let w = memory.start
    batches.forEachInNextEpoch { examples in
      batch.gather(examples) { x, y, count in
        workspace.accumulateGradient(
          parameters: w, inputs: x, labels: y, count: count, scale: rate, keep: 1, into: w)
      }
      box.clip(memory.buffer)
      afterStep()
    }
  }
}
