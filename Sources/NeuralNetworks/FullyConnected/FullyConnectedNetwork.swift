package import RandomStreams

/// A fully connected ReLU network with one logit: its shape and its parameters.
///
/// z⁰ = x, zˡ⁺¹ = max(0, Wˡ zˡ + bˡ), and the last layer gives the logit without the maximum.
package struct FullyConnectedNetwork: Sendable, Equatable {
  /// The widths, and where each parameter sits.
  package let shape: FullyConnectedShape
  /// All weights and biases, in the order of ``FullyConnectedShape``.
  package var parameters: [Float]

  /// A network with the given parameters.
  package init(shape: FullyConnectedShape, parameters: [Float]) {
    precondition(
      parameters.count == shape.parameterCount,
      "expected \(shape.parameterCount) parameters, got \(parameters.count)")
    self.shape = shape
    self.parameters = parameters
  }

  /// A random network: weights N(0, weightVariance/fan_in), 2 by He et al. (2015), biases N(0,
  /// biasStandardDeviation²).
  ///
  /// Each layer draws from streams of its own, so its numbers do not depend on the layers before it.
  package init(
    initialising shape: FullyConnectedShape, weightVariance: Double = 2, biasStandardDeviation: Double,
    key: RandomKey
  ) {
    var parameters = [Float](repeating: 0, count: shape.parameterCount)
    for layer in 0..<shape.layerCount {
      let weightDeviation = (weightVariance / Double(shape.widths[layer])).squareRoot()
      var weights = RandomStream(key.split("weights").split(layer))
      for i in shape.weightRange(layer) { parameters[i] = Float(weightDeviation * weights.nextNormal()) }
      var biases = RandomStream(key.split("biases").split(layer))
      for i in shape.biasRange(layer) { parameters[i] = Float(biasStandardDeviation * biases.nextNormal()) }
    }
    self.init(shape: shape, parameters: parameters)
  }

  /// ‖w‖₂ over all weights and biases.
  package var parameterNorm: Double {
    parameters.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}
