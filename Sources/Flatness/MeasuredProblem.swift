import LinearAlgebra
import NeuralNetworks

/// A network and S as the measures take them, without the inputs that are zero in all of S: a weight of such an
/// input moves no logit and has gradient zero.
struct MeasuredProblem {
  let network: FullyConnectedNetwork
  /// S, shape `[n, d]`.
  let inputs: Matrix<Float>
  /// 0 or 1, length n.
  let labels: [UInt8]

  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` where a parameter, also one of an input that is left out,
  ///   is NaN or infinite.
  init(
    _ network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8]
  ) throws(FlatnessError) {
    precondition(labels.count == inputs.rows, "expected \(inputs.rows) labels, got \(labels.count)")
    guard network.parameters.allSatisfy(\.isFinite) else { throw .lossNotFinite(step: 0) }
    let support = InputSupport(of: inputs)
    self.network = support.compacted(network)
    self.inputs = support.compacted(inputs)
    self.labels = labels
  }

  /// The parameters in Float64.
  var parameters: [Double] { network.parameters.map(Double.init) }

  /// Passes over S in Float64.
  func workspace() -> DoublePrecisionWorkspace {
    DoublePrecisionWorkspace(shape: network.shape, inputs: inputs, labels: labels)
  }

  /// The logit of each example, in Float64.
  ///
  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` where one is not finite.
  func logits() throws(FlatnessError) -> [Double] {
    let logits = workspace().logits(parameters: parameters)
    guard logits.allSatisfy(\.isFinite) else { throw .lossNotFinite(step: 0) }
    return logits
  }

  /// A number that is finite.
  ///
  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` with `step` for one that is not.
  static func finite(_ value: Double, step: Int = 0) throws(FlatnessError) -> Double {
    guard value.isFinite else { throw .lossNotFinite(step: step) }
    return value
  }
}
