import Foundation
import NeuralNetworks

/// A fully connected ReLU network with one logit, in Float64 and plain loops: the oracle of a whole training.
struct PlainNetwork {
  private let widths: [Int]
  /// By layer, output and input.
  private var weights: [[[Double]]] = []
  private var biases: [[Double]] = []

  init(_ network: FullyConnectedNetwork) {
    let shape = network.shape
    widths = shape.widths
    for layer in 0..<shape.layerCount {
      let flat = network.parameters[shape.weightRange(layer)].map(Double.init)
      let inputs = widths[layer]
      weights.append((0..<widths[layer + 1]).map { Array(flat[$0 * inputs..<($0 + 1) * inputs]) })
      biases.append(network.parameters[shape.biasRange(layer)].map(Double.init))
    }
  }

  /// All parameters in the order of `FullyConnectedShape`.
  var parameters: [Double] { zip(weights, biases).flatMap { $0.flatMap { $0 } + $1 } }

  /// The outputs of every layer, the inputs first, the logit last.
  private func outputs(_ x: [Double]) -> [[Double]] {
    var values = [x]
    for layer in weights.indices {
      // Most pixels are black: their products are left out, which changes no sum.
      let active = values[layer].indices.filter { values[layer][$0] != 0 }
      let z = weights[layer].indices.map { unit in
        let row = weights[layer][unit]
        var sum = biases[layer][unit]
        for i in active { sum += row[i] * values[layer][i] }
        return sum
      }
      values.append(layer == weights.count - 1 ? z : z.map { max($0, 0) })
    }
    return values
  }

  func logit(_ x: [Double]) -> Double { outputs(x)[weights.count][0] }

  /// log(1 + eᶻ) − y z.
  func loss(_ x: [Double], label: Double) -> Double {
    let z = logit(x)
    return log1p(exp(z)) - label * z
  }

  /// One step of gradient descent on the mean loss over a batch.
  mutating func step(_ batch: [(x: [Double], label: Double)], learningRate: Double) {
    let before = self
    for (x, label) in batch {
      let values = before.outputs(x)
      var error = [1 / (1 + exp(-values[weights.count][0])) - label]
      for layer in weights.indices.reversed() {
        let inputs = values[layer]
        let active = inputs.indices.filter { inputs[$0] != 0 }
        let share = learningRate / Double(batch.count)
        var below = [Double](repeating: 0, count: layer == 0 ? 0 : inputs.count)
        for unit in error.indices where error[unit] != 0 {
          for i in active {
            // A unit at 0 passes nothing back, so that active ones are all that count.
            if layer > 0 { below[i] += error[unit] * before.weights[layer][unit][i] }
            weights[layer][unit][i] -= share * error[unit] * inputs[i]
          }
          biases[layer][unit] -= share * error[unit]
        }
        error = below
      }
    }
  }
}
