import LinearAlgebra
import NeuralNetworks
import RandomStreams

/// The loss of a fully connected network over S in Float64: for boxes so small that Float32 has few numbers or
/// none in them.
///
/// Some ten times as slow as ``FullyConnectedLossSurface``.
final class DoublePrecisionLossSurface: LossSurface {
  private let shape: FullyConnectedShape
  private let inputs: Matrix<Float>
  private let labels: [UInt8]
  private let centre: [Double]
  private var halfWidths: [Double]
  private var parameters: [Double]
  private var gradient: [Double]
  private let batches: Minibatches
  private let workspace: DoublePrecisionWorkspace

  /// - Parameter inputs: S, shape `[n, d]`.
  init(
    network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8], batchSize: Int, key: RandomKey
  ) {
    shape = network.shape
    self.inputs = inputs
    self.labels = labels
    centre = network.parameters.map(Double.init)
    parameters = centre
    gradient = centre
    halfWidths = centre.map { _ in 0 }
    batches = Minibatches(count: inputs.rows, batchSize: batchSize, order: .shuffled, key: key)
    workspace = DoublePrecisionWorkspace(shape: shape, inputs: inputs, labels: labels)
  }

  var stepsPerEpoch: Int { batches.batchCount }
  var hasFiniteParameters: Bool { parameters.allSatisfy(\.isFinite) }

  func setBox(halfWidth zeta: Double) { halfWidths = centre.map { zeta * (abs($0) + 1) } }

  func loss() -> Double { workspace.lossAndGradient(parameters: parameters, gradient: &gradient) }

  func climbOneEpoch(rate: Float, isCancelled: () -> Bool, afterStep: () -> Void) {
    batches.forEachInNextEpoch { selection in
      let rows = Array(selection)
      let batch = DoublePrecisionWorkspace(
        shape: shape, inputs: inputs.rows(at: rows), labels: rows.map { labels[$0] })
      _ = batch.lossAndGradient(parameters: parameters, gradient: &gradient)
      for i in parameters.indices {
        let moved = parameters[i] + Double(rate) * gradient[i]
        let (low, high) = (centre[i] - halfWidths[i], centre[i] + halfWidths[i])
        // Written so that a NaN stays NaN.
        parameters[i] = low > moved ? low : high < moved ? high : moved
      }
      afterStep()
    }
  }
}
