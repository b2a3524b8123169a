package import LinearAlgebra
package import NeuralNetworks

/// The Fisher–Rao norm (Liang et al. 2019) by its closed form, with u the logit and ℓ the cross-entropy of an
/// example,
///
///     (depth + 1)² · mean over S of ⟨∂ℓ/∂u, u⟩²,   depth the number of hidden layers.
///
/// For a network without biases this is mean ⟨∂ℓ/∂w, w⟩², since u is then homogeneous of degree depth + 1 in w.
/// Biases break that: the closed form is taken as it stands, with the logit of the network as it is, biases
/// included. So it depends on the function and the depth alone, and is invariant to rescaling of layers and of
/// neurons. In Float64; costs one pass forward over S.
package enum FisherRaoNorm {
  /// The norm of `network` on S, the square that the formula gives.
  ///
  /// - Parameters:
  ///   - inputs: S, shape `[n, d]`, n > 0.
  ///   - labels: 0 or 1, length n.
  /// - Throws: ``FlatnessError/lossNotFinite(step:)``.
  package static func measure(
    of network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8]
  ) throws(FlatnessError) -> Double {
    let logits = try FullyConnectedProblem(network, inputs: inputs, labels: labels).logits()
    let sum = zip(logits, labels).reduce(0) { sum, example in
      let (logit, label) = example
      // σ(u) − y without cancellation: σ(u) for y = 0, −σ(−u) for y = 1.
      let slope =
        label == 0 ? DoublePrecisionWorkspace.sigmoid(logit) : -DoublePrecisionWorkspace.sigmoid(-logit)
      return sum + (slope * logit) * (slope * logit)
    }
    let layers = Double(network.shape.layerCount)
    return try FlatnessError.finite(layers * layers * sum / Double(logits.count))
  }
}
