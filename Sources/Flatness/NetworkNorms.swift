package import NeuralNetworks

/// The norms and the margin that measures of flatness are set beside (Neyshabur et al. 2015, 2017).
package enum NetworkNorms {
  /// ‖w‖₂², over all weights and biases. Not invariant to rescaling, of layers or of neurons. One pass over
  /// the parameters.
  ///
  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` where it is too large a number.
  package static func weightNorm(of problem: any MeasuredProblem) throws(FlatnessError) -> Double {
    try FlatnessError.finite(problem.parameterNorm * problem.parameterNorm)
  }

  /// The path norm: √ of the sum over all paths of the product of their squared weights, from an input to the
  /// logit or from a bias, whose unit they begin at, to it.
  ///
  /// It is √ of the logit of the network of squared parameters where all inputs are 1. Invariant to rescaling
  /// of layers and of neurons: a factor of a unit divides the weights of every path behind it. One pass over
  /// the parameters.
  ///
  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` where a parameter is NaN or infinite.
  package static func pathNorm(of network: FullyConnectedNetwork) throws(FlatnessError) -> Double {
    let shape = network.shape
    let squares = network.parameters.map { Double($0) * Double($0) }
    var sums = [Double](repeating: 1, count: shape.widths[0])
    for layer in 0..<shape.layerCount {
      let (weights, biases) = (shape.weightRange(layer).lowerBound, shape.biasRange(layer).lowerBound)
      sums = (0..<shape.widths[layer + 1]).map { unit in
        sums.indices.reduce(squares[biases + unit]) { sum, input in
          sum + squares[weights + unit * sums.count + input] * sums[input]
        }
      }
    }
    return try FlatnessError.finite(sums[0].squareRoot())
  }

  /// The margin: a low quantile of the logits on S, each with the sign of its label.
  ///
  /// Between two numbers a quantile is interpolated, as NumPy does. It depends on the function alone, so it is
  /// invariant to rescaling of layers and of neurons. Costs one pass forward over S.
  ///
  /// - Parameter quantile: 0.1 for the tenth percentile.
  /// - Throws: ``FlatnessError/lossNotFinite(step:)``.
  package static func margin(
    of problem: any MeasuredProblem, quantile: Double
  ) throws(FlatnessError) -> Double {
    precondition((0...1).contains(quantile), "expected a quantile in 0…1, got \(quantile)")
    let signed = zip(try problem.logits(), problem.labels).map { $1 == 1 ? $0 : -$0 }.sorted()
    let place = quantile * Double(signed.count - 1)
    let below = Int(place)
    let above = min(below + 1, signed.count - 1)
    return signed[below] + (place - Double(below)) * (signed[above] - signed[below])
  }
}
