package import LinearAlgebra
package import NeuralNetworks

/// The trace of the Hessian of the mean cross-entropy on S over all parameters, in nats: the sum of its
/// eigenvalues.
///
/// The logit u of a ReLU network is linear in each single parameter, so ∂²u/∂wᵢ² = 0 and what is left of the
/// diagonal is exact:
///
///     tr H = mean over S of σ′(u) ‖∂u/∂w‖²,   σ′(u) = σ(u)(1 − σ(u)).
///
/// As with the Hessian's products, ReLU″ is taken as 0. Costs one pass forward and one back over S in
/// Float64.
package enum HessianTrace {
  /// The trace of `network` on S.
  ///
  /// - Parameters:
  ///   - inputs: S, shape `[n, d]`, n > 0.
  ///   - labels: 0 or 1, length n; they do not count, since the loss is linear in them.
  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` where a parameter is NaN or infinite.
  package static func measure(
    of network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8]
  ) throws(FlatnessError) -> Double {
    // A weight of an input that is zero in all of S moves no logit.
    let support = InputSupport(of: inputs)
    let compact = support.compacted(network)
    let workspace = DoublePrecisionWorkspace(
      shape: compact.shape, inputs: support.compacted(inputs), labels: labels)
    let sum = workspace.logitsWithGradientNorms(parameters: compact.parameters.map(Double.init))
      .reduce(0) { sum, example in
        // σ(−u) and not 1 − σ(u), which would cancel for large u.
        let slope =
          DoublePrecisionWorkspace.sigmoid(example.logit) * DoublePrecisionWorkspace.sigmoid(-example.logit)
        return sum + slope * example.squaredNorm
      }
    // A weight of −∞ that a ReLU hides would leave a finite sum.
    guard sum.isFinite, network.parameters.allSatisfy(\.isFinite) else { throw .lossNotFinite(step: 0) }
    return sum / Double(inputs.rows)
  }
}
