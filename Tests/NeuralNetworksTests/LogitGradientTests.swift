import Foundation
import LinearAlgebra
import RandomStreams
import Testing

@testable import NeuralNetworks

@Suite("Gradients of the logit")
struct LogitGradientTests {
  @Test("each squared norm is that of the loss's gradient on the example alone, divided by (σ(u) − y)²")
  func singleExamples() {
    let key = RandomKey(seed: 3)
    let network = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: 4, hidden: [6, 5]), biasStandardDeviation: 0.5,
      key: key.split("network"))
    let parameters = network.parameters.map(Double.init)
    var stream = RandomStream(key.split("inputs"))
    let inputs = Matrix(rows: 9, columns: 4, elements: (0..<36).map { _ in Float(stream.nextNormal()) })
    let labels = [UInt8](repeating: 1, count: 9)
    let found = DoublePrecisionWorkspace(shape: network.shape, inputs: inputs, labels: labels)
      .logitsWithGradientNorms(parameters: parameters)
    #expect(found.count == 9)
    for (row, example) in found.enumerated() {
      let alone = DoublePrecisionWorkspace(
        shape: network.shape, inputs: Matrix(rows: 1, columns: 4, elements: Array(inputs.row(row))),
        labels: [1])
      var gradient = [Double](repeating: 0, count: parameters.count)
      let loss = alone.lossAndGradient(parameters: parameters, gradient: &gradient)
      // The loss of a 1 is ln(1 + e⁻ᵘ), and its slope −σ(−u).
      #expect(abs(loss - log1p(exp(-example.logit))) < 1e-14 * max(1, loss))
      let slope = 1 / (1 + exp(example.logit))
      let expected = gradient.reduce(0) { $0 + $1 * $1 } / (slope * slope)
      // Some hundred roundings.
      #expect(abs(example.squaredNorm - expected) < 1e-12 * expected && expected > 1)
    }
  }
}
