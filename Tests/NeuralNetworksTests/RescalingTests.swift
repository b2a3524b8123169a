import LinearAlgebra
import RandomStreams
import Testing

@testable import NeuralNetworks

@Suite("Rescaling of neighbouring layers")
struct RescalingTests {
  @Test("function and logits stay, to rounding, for any depth, width, layer and α")
  func invariance() {
    var stream = RandomStream(RandomKey(seed: 11))
    for trial in 0..<60 {
      let depth = 1 + stream.nextInteger(below: 4)
      let hidden = (0..<depth).map { _ in 1 + stream.nextInteger(below: 12) }
      let network = FullyConnectedNetwork(
        initialising: FullyConnectedShape(inputs: 1 + stream.nextInteger(below: 9), hidden: hidden),
        biasStandardDeviation: 1, key: RandomKey(seed: 12).split(trial))
      let columns = network.shape.widths[0]
      let inputs = Matrix<Float>(
        rows: 20, columns: columns, elements: (0..<20 * columns).map { _ in Float(stream.nextUniform()) })
      let layer = stream.nextInteger(below: depth)
      let exponent = 6 * stream.nextUniform() - 3
      let alpha = (0..<Int(abs(exponent) * 4)).reduce(1.0) { value, _ in
        exponent < 0 ? value / 1.8 : value * 1.8
      }
      let rescaled = network.rescaled(layer: layer, by: alpha)
      let (before, after) = (network.logits(inputs), rescaled.logits(inputs))
      for (one, other) in zip(before, after) {
        // Each of at most 12 terms a layer and 5 layers is rounded anew (6e-8), on sums of order 10.
        #expect(abs(one - other) < 5e-5 * max(1, abs(one)))
        if abs(one) > 1e-3 { #expect((one >= 0) == (other >= 0)) }
      }
    }
  }

  @Test("α = 4 changes no bit of any logit, and dividing again gives the network back")
  func powerOfTwo() {
    let network = FullyConnectedNetwork(
      initialising: FullyConnectedShape(inputs: 6, hidden: [8, 5]), biasStandardDeviation: 1,
      key: RandomKey(seed: 13))
    let inputs = Matrix<Float>(rows: 9, columns: 6, elements: (0..<54).map { Float($0 % 7) / 7 })
    let rescaled = network.rescaled(layer: 0, by: 4)
    #expect(rescaled != network)
    #expect(rescaled.logits(inputs) == network.logits(inputs))
    #expect(rescaled.rescaled(layer: 0, by: 0.25) == network)
  }

  @Test("the layer's weights and biases are multiplied, the next layer's weights divided, all else stays")
  func parts() {
    let shape = FullyConnectedShape(inputs: 2, hidden: [1, 1])
    let network = FullyConnectedNetwork(shape: shape, parameters: [1, 2, 3, 4, 5, 6, 7])
    #expect(network.rescaled(layer: 0, by: 2).parameters == [2, 4, 6, 2, 5, 6, 7])
    #expect(network.rescaled(layer: 1, by: 2).parameters == [1, 2, 3, 8, 10, 3, 7])
  }
}
