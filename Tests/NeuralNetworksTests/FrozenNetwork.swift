import Foundation
import LinearAlgebra
import NeuralNetworks

/// The logit of one example with the ReLUs frozen in the state that the parameters give them: the slow and
/// exact oracle of second derivatives.
///
/// Frozen, the logit is a sum over paths, each a product of one parameter a layer at most. It is affine in
/// every single parameter, so that differences of step 1 are its derivatives exactly, the mixed second ones
/// too, and the second derivative by one parameter is 0.
struct FrozenNetwork {
  let shape: FullyConnectedShape
  let parameters: [Double]
  let input: [Double]
  /// Which units of each hidden layer are active.
  private let active: [[Bool]]

  init(_ network: FullyConnectedNetwork, input: [Double]) {
    shape = network.shape
    parameters = network.parameters.map(Double.init)
    self.input = input
    var active: [[Bool]] = []
    for layer in 0..<(shape.layerCount - 1) {
      let values = Self.layers(shape, parameters, input, active, upTo: layer)
      active.append(values.map { $0 > 0 })
    }
    self.active = active
  }

  /// What layer `last` gives before its own ReLU.
  private static func layers(
    _ shape: FullyConnectedShape, _ parameters: [Double], _ input: [Double], _ active: [[Bool]],
    upTo last: Int
  ) -> [Double] {
    var values = input
    for layer in 0...last {
      let (weights, biases) = (shape.weightRange(layer).lowerBound, shape.biasRange(layer).lowerBound)
      values = (0..<shape.widths[layer + 1]).map { unit in
        values.indices.reduce(parameters[biases + unit]) {
          $0 + parameters[weights + unit * values.count + $1] * values[$1]
        }
      }
      if layer < last { values = zip(values, active[layer]).map { $1 ? $0 : 0 } }
    }
    return values
  }

  func logit(raising indices: [Int] = []) -> Double {
    var moved = parameters
    for index in indices { moved[index] += 1 }
    return Self.layers(shape, moved, input, active, upTo: shape.layerCount - 1)[0]
  }

  /// The Hessian of the mean cross-entropy: the mean of σ(1 − σ) ∇z ∇zᵀ + (σ − y) ∇²z.
  static func hessian(
    _ network: FullyConnectedNetwork, _ inputs: Matrix<Float>, _ labels: [UInt8]
  ) -> Matrix<Double> {
    let size = network.parameters.count
    var hessian = Matrix<Double>(rows: size, columns: size)
    for row in 0..<inputs.rows {
      let frozen = FrozenNetwork(network, input: inputs.row(row).map(Double.init))
      let z = frozen.logit()
      let sigmoid = 1 / (1 + exp(-z))
      let raised = (0..<size).map { frozen.logit(raising: [$0]) }
      for i in 0..<size {
        for j in 0...i {
          let mixed = i == j ? 0 : frozen.logit(raising: [i, j]) - raised[i] - raised[j] + z
          let term =
            sigmoid * (1 - sigmoid) * (raised[i] - z) * (raised[j] - z)
            + (sigmoid - Double(labels[row])) * mixed
          hessian[i, j] += term / Double(inputs.rows)
        }
      }
    }
    for i in 0..<size {
      for j in 0..<i { hessian[j, i] = hessian[i, j] }
    }
    return hessian
  }
}
