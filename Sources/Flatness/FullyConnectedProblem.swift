package import LinearAlgebra
package import NeuralNetworks

/// A fully connected network and S, without the inputs that are zero in all of S: a weight of such an input moves
/// no logit and has gradient zero. In Float64 but for noise.
package final class FullyConnectedProblem: MeasuredProblem {
  let network: FullyConnectedNetwork
  /// S, shape `[n, d]`.
  let inputs: Matrix<Float>
  package let labels: [UInt8]
  package let parameterNorm: Double

  /// Passes over S in Float64.
  private(set) lazy var workspace = DoublePrecisionWorkspace(
    shape: network.shape, inputs: inputs, labels: labels)
  /// Passes over S in Float32, and the order of their parameters: one on all processors, since noise is drawn in it.
  private lazy var layout = TransposedLayout(of: network.shape)
  private lazy var fast = FullyConnectedWorkspace(
    layout: layout, inputs: NetworkInputs(inputs), labels: labels.map(Float.init), capacity: inputs.rows)
  private lazy var everyExample = Array(0..<inputs.rows)

  /// - Parameters:
  ///   - inputs: S, shape `[n, d]`, n > 0.
  ///   - labels: 0 or 1, length n.
  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` where a parameter, also one of an input that is left out,
  ///   is NaN or infinite.
  package init(
    _ network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8]
  ) throws(FlatnessError) {
    precondition(labels.count == inputs.rows, "expected \(inputs.rows) labels, got \(labels.count)")
    guard network.parameters.allSatisfy(\.isFinite) else { throw .lossNotFinite(step: 0) }
    let support = InputSupport(of: inputs)
    self.network = support.compacted(network)
    self.inputs = support.compacted(inputs)
    self.labels = labels
    parameterNorm = network.parameterNorm
  }

  package var parameters: [Float] { network.parameters }

  package func loss(at parameters: [Double]) -> Double { workspace.loss(parameters: parameters) }

  package func lossAndGradient(at parameters: [Double], gradient: inout [Double]) -> Double {
    workspace.lossAndGradient(parameters: parameters, gradient: &gradient)
  }

  package func logits() throws(FlatnessError) -> [Double] {
    let logits = workspace.logits(parameters: parameters.map(Double.init))
    guard logits.allSatisfy(\.isFinite) else { throw .lossNotFinite(step: 0) }
    return logits
  }

  package func ordered(_ values: [Float]) -> [Float] { layout.ordered(values) }

  package func loss(atOrdered parameters: AlignedFloats) -> Double {
    everyExample.withUnsafeBufferPointer { fast.loss(parameters: parameters.start, selection: $0) }
  }

  package func accuracy(atOrdered parameters: AlignedFloats) -> Double {
    let right = everyExample.withUnsafeBufferPointer { selection in
      zip(fast.logits(parameters: parameters.start, selection: selection), labels).count {
        ($0 >= 0 ? 1 : 0) == $1
      }
    }
    return Double(right) / Double(labels.count)
  }
}
