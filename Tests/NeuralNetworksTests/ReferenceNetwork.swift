import Foundation
import LinearAlgebra
import NeuralNetworks

/// The network in plain Float64 loops: the oracle of the fast passes.
struct ReferenceNetwork {
  let shape: FullyConnectedShape
  var parameters: [Double]

  init(_ network: FullyConnectedNetwork) {
    shape = network.shape
    parameters = network.parameters.map(Double.init)
  }

  func logit(_ input: [Double]) -> Double {
    var values = input
    for layer in 0..<shape.layerCount {
      let (weights, biases) = (shape.weightRange(layer), shape.biasRange(layer))
      values = (0..<shape.widths[layer + 1]).map { unit in
        var sum = parameters[biases.lowerBound + unit]
        for (i, value) in values.enumerated() {
          sum += parameters[weights.lowerBound + unit * shape.widths[layer] + i] * value
        }
        return layer + 1 < shape.layerCount ? max(0, sum) : sum
      }
    }
    return values[0]
  }

  func loss(_ inputs: Matrix<Float>, _ labels: [Float]) -> Double {
    var sum = 0.0
    for row in 0..<inputs.rows {
      let z = logit(inputs.row(row).map(Double.init))
      // log(1 + e^z) − y z without care for overflow: the logits here are small.
      sum += log(1 + exp(z)) - Double(labels[row]) * z
    }
    return sum / Double(inputs.rows)
  }

  /// Central differences, error O(h²).
  func gradient(_ inputs: Matrix<Float>, _ labels: [Float], step h: Double = 1e-5) -> [Double] {
    parameters.indices.map { i in
      var moved = self
      moved.parameters[i] += h
      let above = moved.loss(inputs, labels)
      moved.parameters[i] -= 2 * h
      return (above - moved.loss(inputs, labels)) / (2 * h)
    }
  }
}
