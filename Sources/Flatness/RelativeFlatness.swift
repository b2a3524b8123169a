package import LinearAlgebra
package import NeuralNetworks

/// Relative flatness (Petzka et al. 2021): with w_s the rows of the last hidden layer's weights, and of the
/// only layer's where no layer is hidden,
///
///     κ = Σ over rows s, s' of ⟨w_s, w_s'⟩ Tr H_{s,s'},   H_{s,s'} = ∂²L/∂w_s ∂w_s',
///
/// in nats, L the mean cross-entropy on S. The layer's inputs are scaled to unit standard deviation over S
/// first, and its weights by the deviations, so that the function stays. An input without deviation acts as a
/// bias, and is left out; biases are none of the rows.
///
/// With z the layer's pre-activations and a its inputs, the logit u is piecewise linear in z; so, ReLU″ taken
/// as 0 as everywhere, Tr H_{s,s'} = mean of σ′(u) (∂u/∂z_s)(∂u/∂z_s') ‖a‖², and exactly
///
///     κ = mean over S of σ′(u) ‖a‖² ‖Σ_s (∂u/∂z_s) w_s‖².
///
/// Invariant to rescaling of layers and of neurons: a neuron's factor leaves its scaled inputs as they are, and
/// a row's cancels against its derivatives. Larger is sharper, despite the name. In Float64; costs a pass
/// forward over S and one back through the last layer.
package enum RelativeFlatness {
  /// κ of `network` on S.
  ///
  /// - Parameters:
  ///   - inputs: S, shape `[n, d]`, n > 0.
  ///   - labels: 0 or 1, length n; they do not count, since the loss is linear in them.
  /// - Throws: ``FlatnessError/lossNotFinite(step:)``.
  package static func measure(
    of network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8]
  ) throws(FlatnessError) -> Double {
    let problem = try FullyConnectedProblem(network, inputs: inputs, labels: labels)
    let shape = problem.network.shape
    let layer = max(0, shape.layerCount - 2)
    let parameters = problem.parameters.map(Double.init)
    let found = problem.workspace.logitDerivatives(parameters: parameters, layer: layer)
    let deviations = deviations(of: found.inputs)
    let weights = Array(parameters[shape.weightRange(layer)])
    var sum = 0.0
    for (row, logit) in found.logits.enumerated() {
      let (slopes, inputs) = (found.slopes.row(row), found.inputs.row(row))
      var direction = [Double](repeating: 0, count: deviations.count)
      for (unit, slope) in slopes.enumerated() where slope != 0 {
        for i in direction.indices { direction[i] += slope * weights[unit * direction.count + i] }
      }
      var (ofInputs, ofDirection) = (0.0, 0.0)
      for (i, input) in inputs.enumerated() where deviations[i] > 0 {
        ofInputs += (input / deviations[i]) * (input / deviations[i])
        ofDirection += (direction[i] * deviations[i]) * (direction[i] * deviations[i])
      }
      // σ(−u) and not 1 − σ(u), which would cancel for large u.
      let curvature = DoublePrecisionWorkspace.sigmoid(logit) * DoublePrecisionWorkspace.sigmoid(-logit)
      sum += curvature * ofInputs * ofDirection
    }
    return try FlatnessError.finite(sum) / Double(problem.inputs.rows)
  }

  /// The standard deviation of each column; 0 where all its numbers are equal.
  private static func deviations(of inputs: Matrix<Double>) -> [Double] {
    let count = Double(inputs.rows)
    return (0..<inputs.columns).map { column in
      let first = inputs[0, column]
      guard (1..<inputs.rows).contains(where: { inputs[$0, column] != first }) else { return 0 }
      let mean = (0..<inputs.rows).reduce(0) { $0 + inputs[$1, column] } / count
      let square = (0..<inputs.rows).reduce(0) { sum, row in
        sum + (inputs[row, column] - mean) * (inputs[row, column] - mean)
      }
      return (square / count).squareRoot()
    }
  }
}
