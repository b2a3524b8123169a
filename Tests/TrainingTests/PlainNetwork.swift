import Foundation
import NeuralNetworks

@testable import Training

/// The network and its backward pass in Float64 loops over examples.
struct PlainNetwork {
  let shape: FullyConnectedShape
  var parameters: [Double]

  init(_ network: FullyConnectedNetwork) {
    shape = network.shape
    parameters = network.parameters.map(Double.init)
  }

  private func activations(_ input: [Double]) -> [[Double]] {
    var layers = [input]
    for layer in 0..<shape.layerCount {
      let below = layers[layer]
      layers.append(
        (0..<shape.widths[layer + 1]).map { unit in
          let start = shape.weightRange(layer).lowerBound + unit * shape.widths[layer]
          let sum = below.indices.reduce(parameters[shape.biasRange(layer).lowerBound + unit]) {
            $0 + parameters[start + $1] * below[$1]
          }
          return layer + 1 < shape.layerCount ? max(0, sum) : sum
        })
    }
    return layers
  }

  func loss(_ set: TrainingSet) -> Double {
    (0..<set.scoredCount).reduce(0.0) { sum, row in
      let z = activations(set.inputs.row(row).map(Double.init))[shape.layerCount][0]
      return sum + log(1 + exp(z)) - Double(set.labels[row]) * z
    } / Double(set.scoredCount)
  }

  mutating func descend(_ inputs: [[Double]], _ labels: [Double], rate: Double) {
    let gradient = gradient(inputs, labels)
    for i in parameters.indices { parameters[i] -= rate * gradient[i] }
  }

  /// The gradient of the mean cross-entropy.
  func gradient(_ inputs: [[Double]], _ labels: [Double]) -> [Double] {
    var gradient = [Double](repeating: 0, count: parameters.count)
    for (input, label) in zip(inputs, labels) {
      let layers = activations(input)
      var error = [1 / (1 + exp(-layers[shape.layerCount][0])) - label]
      for layer in stride(from: shape.layerCount - 1, through: 0, by: -1) {
        var below = [Double](repeating: 0, count: shape.widths[layer])
        for unit in error.indices {
          gradient[shape.biasRange(layer).lowerBound + unit] += error[unit]
          for i in below.indices {
            let index = shape.weightRange(layer).lowerBound + unit * below.count + i
            gradient[index] += error[unit] * layers[layer][i]
            below[i] += error[unit] * parameters[index]
          }
        }
        error = below.indices.map { layers[layer][$0] > 0 ? below[$0] : 0 }
      }
    }
    return gradient.map { $0 / Double(inputs.count) }
  }
}
