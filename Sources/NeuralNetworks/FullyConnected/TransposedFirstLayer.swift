/// The parameters of a network in another order: the first layer's weights transposed, and its width rounded
/// up to whole vectors.
///
/// The flat array holds W⁰ᵀ (row-major, shape `[in, paddedWidth]`), b⁰ (`[paddedWidth]`), and then the other
/// layers in the order of ``FullyConnectedShape``. The units that fill up have weights, bias and outgoing
/// weights zero. Their output is 0, ReLU'(0) = 0, and so all their gradients are 0: gradient steps leave them
/// as they are, and logits and loss are those of the network itself.
package struct TransposedFirstLayer: Sendable, Equatable {
  /// The network's own shape.
  package let shape: FullyConnectedShape
  /// The units of the first hidden layer, rounded up to a multiple of ``SparseRows/laneCount``.
  package let paddedWidth: Int
  /// The layers above the first one, with `paddedWidth` inputs.
  package let upperShape: FullyConnectedShape

  /// The order for networks of this shape, which has a hidden layer.
  package init(of shape: FullyConnectedShape) {
    precondition(shape.layerCount > 1, "expected a hidden layer, got \(shape.widths)")
    self.shape = shape
    let lanes = SparseRows.laneCount
    paddedWidth = (shape.widths[1] + lanes - 1) / lanes * lanes
    upperShape = FullyConnectedShape(inputs: paddedWidth, hidden: Array(shape.widths[2..<shape.layerCount]))
  }

  /// The number of inputs.
  package var inputCount: Int { shape.widths[0] }
  /// Where the biases of the first layer start; its weights start at 0.
  package var biasStart: Int { inputCount * paddedWidth }
  /// Where the parameters of the other layers start.
  package var upperStart: Int { biasStart + paddedWidth }
  /// The length of the flat array.
  package var parameterCount: Int { upperStart + upperShape.parameterCount }

  /// The parameters of `network` in this order.
  package func parameters(of network: FullyConnectedNetwork) -> [Float] {
    precondition(network.shape == shape, "expected a network of \(shape.widths), got \(network.shape.widths)")
    let from = network.parameters
    var to = [Float](repeating: 0, count: parameterCount)
    let width = shape.widths[1]
    for unit in 0..<width {
      for input in 0..<inputCount { to[input * paddedWidth + unit] = from[unit * inputCount + input] }
      to[biasStart + unit] = from[shape.biasRange(0).lowerBound + unit]
    }
    let second = shape.weightRange(1).lowerBound
    for next in 0..<shape.widths[2] {
      for unit in 0..<width {
        to[upperStart + next * paddedWidth + unit] = from[second + next * width + unit]
      }
    }
    to.replaceSubrange(
      (upperStart + upperShape.biasRange(0).lowerBound)..., with: from[shape.biasRange(1).lowerBound...])
    return to
  }
}
