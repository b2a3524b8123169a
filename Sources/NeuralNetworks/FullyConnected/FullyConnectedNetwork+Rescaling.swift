extension FullyConnectedNetwork {
  /// The network with the weights and biases of `layer` multiplied by α and the next layer's weights divided
  /// by it: the same function, since max(0, α z) = α max(0, z) for α > 0.
  ///
  /// Dinh et al. (2017); the paper's eqs. 1 and 9. Logits change by rounding alone, and not at all where α is
  /// a power of two.
  ///
  /// - Parameters:
  ///   - layer: from 0; there is a layer after it.
  ///   - alpha: α, positive.
  package func rescaled(layer: Int, by alpha: Double) -> FullyConnectedNetwork {
    precondition(
      (0..<shape.layerCount - 1).contains(layer),
      "expected a layer with one after it, below \(shape.layerCount - 1), got \(layer)")
    precondition(alpha > 0 && alpha.isFinite, "expected a positive α, got \(alpha)")
    var network = self
    for i in shape.weightRange(layer).lowerBound..<shape.biasRange(layer).upperBound {
      network.parameters[i] = Float(Double(parameters[i]) * alpha)
    }
    for i in shape.weightRange(layer + 1) { network.parameters[i] = Float(Double(parameters[i]) / alpha) }
    return network
  }
}
