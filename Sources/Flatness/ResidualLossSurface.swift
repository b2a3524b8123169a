import LinearAlgebra
import NeuralNetworks
import RandomStreams

/// The loss over S of a residual network, batch norm in evaluation mode throughout, in a workspace's memory.
final class ResidualLossSurface: LossSurface {
  private let inputs: Matrix<Float>
  private let labels: [Float]
  private let batches: Minibatches
  private let workspace: ResidualWorkspace

  init(
    network: ResidualNetwork, inputs: Matrix<Float>, labels: [Float], batchSize: Int, key: RandomKey,
    workspace: ResidualWorkspace
  ) {
    self.inputs = inputs
    self.labels = labels
    self.workspace = workspace
    batches = Minibatches(
      inputs: inputs, labels: labels, batchSize: min(batchSize, workspace.capacity), order: .shuffled,
      key: key)
    workspace.network = network
  }

  var parameters: UnsafeMutableBufferPointer<Float> { workspace.parameters }
  var stepsPerEpoch: Int { batches.batchCount }

  /// Goes where so many steps led an ascent before; `parameters` are ordered as the network's.
  func move(to parameters: [Float], steps: Int) {
    workspace.load(parameters, into: workspace.parameters)
    batches.skip(batches: steps)
  }

  func loss() -> Double {
    let logits = inputs.elements.withUnsafeBufferPointer { x in
      x.baseAddress.map { workspace.logits($0, count: inputs.rows) } ?? []
    }
    return logits.withUnsafeBufferPointer { logits in
      labels.withUnsafeBufferPointer { y in
        y.baseAddress.map { SigmoidCrossEntropy.mean(logits: logits, labels: $0) } ?? .nan
      }
    }
  }

  func climbOneEpoch(rate: Float, isCancelled: () -> Bool, afterStep: () -> Void) {
    var isLeft = false
    batches.forEachInNextEpoch { x, y, count in
      isLeft = isLeft || isCancelled()
      if isLeft { return }
      workspace.takeGradient(images: x, labels: y, count: count, mode: .evaluation)
      let (w, g) = (workspace.parameters, workspace.gradient)
      for i in w.indices { w[i] += rate * g[i] }
      afterStep()
    }
  }
}
