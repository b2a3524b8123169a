import LinearAlgebra
package import RandomStreams

/// A residual network with one logit: its shape, its parameters, and the running statistics of its batch
/// norms.
package struct ResidualNetwork: Sendable, Equatable {
  /// The layers.
  package let shape: ResidualShape
  /// Weights, γ, β and the logit's weights and bias, in the order of ``LayerProgram``.
  package var parameters: [Float]
  /// The running mean and variance of each normalisation, in the order of ``LayerProgram``.
  package var statistics: [Float]

  /// A network with the given numbers.
  package init(shape: ResidualShape, parameters: [Float], statistics: [Float]) {
    precondition(
      parameters.count == shape.program.parameterCount && statistics.count == shape.program.statisticCount,
      """
      expected \(shape.program.parameterCount) parameters and \(shape.program.statisticCount) statistics, got \
      \(parameters.count) and \(statistics.count)
      """)
    self.shape = shape
    self.parameters = parameters
    self.statistics = statistics
  }

  /// A random network: weights of convolutions and of the logit N(0, weightVariance/fan_in), 2 by He et al.
  /// (2015); the logit's bias N(0, biasStandardDeviation²); γ = 1, β = 0, running means 0 and variances 1.
  ///
  /// Each layer draws from a stream of its own, so its numbers do not depend on the layers before it, and layers are drawn
  /// on all cores: 1 to 2 s of one for ResNet-50.
  package init(
    initialising shape: ResidualShape, weightVariance: Double = 2, biasStandardDeviation: Double,
    key: RandomKey
  ) {
    let program = shape.program
    var parameters = [Float](repeating: 0, count: program.parameterCount)
    var (place, layers) = (0, [(start: Int, count: Int, deviation: Double)]())
    func addLayer(count: Int, fanIn: Int) {
      layers.append((place, count, (weightVariance / Double(fanIn)).squareRoot()))
      place += count
    }
    for operation in program.operations {
      switch operation {
      case .convolution(let geometry, _, _):
        addLayer(count: geometry.weightCount, fanIn: geometry.weightCount / geometry.outputs)
      case .normalisation(let input, _, _):
        let channels = program.activations[input].channels
        for gamma in place..<place + channels { parameters[gamma] = 1 }
        place += 2 * channels
      case .shortcut, .averagePool: break
      case .linear(let input, _):
        let count = program.activations[input].count
        var biases = RandomStream(key.split("biases").split(layers.count))
        addLayer(count: count, fanIn: count)
        parameters[place] = Float(biasStandardDeviation * biases.nextNormal())
        place += 1
      }
    }
    parameters.withUnsafeMutableBufferPointer { buffer in
      // Each layer has numbers of its own.
      nonisolated(unsafe) let parameters = buffer
      ProcessorMeter.concurrently(layers.count) { [layers] layer in
        let (start, count, deviation) = layers[layer]
        var stream = RandomStream(key.split("weights").split(layer))
        for i in start..<start + count { parameters[i] = Float(deviation * stream.nextNormal()) }
      }
    }
    let statistics = program.normalisedChannels.flatMap { channels in
      [Float](repeating: 0, count: channels) + [Float](repeating: 1, count: channels)
    }
    self.init(shape: shape, parameters: parameters, statistics: statistics)
  }

  /// ‖w‖₂ over all parameters.
  package var parameterNorm: Double { parameters.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
}
