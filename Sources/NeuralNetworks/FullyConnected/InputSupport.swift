package import LinearAlgebra

/// The inputs that are non-zero in at least one of the examples at hand.
///
/// An input that is zero everywhere (the rim of MNIST: 209 of 784 pixels over 500 images) adds nothing to any
/// logit and its weights have gradient zero exactly, so training and ascents may leave such inputs out and
/// get the same network for less work: products shrink in proportion.
package struct InputSupport: Sendable, Equatable {
  /// The kept inputs, ascending; at least one.
  package let columns: [Int]
  /// The number of inputs before any were left out.
  package let inputCount: Int

  /// The support of `inputs` (shape `[n, d]`). One pass over the matrix.
  package init(of inputs: Matrix<Float>) {
    inputCount = inputs.columns
    var isActive = [Bool](repeating: false, count: inputs.columns)
    inputs.elements.withUnsafeBufferPointer { x in
      for row in 0..<inputs.rows {
        for column in 0..<inputs.columns where x[row * inputs.columns + column] != 0 {
          isActive[column] = true
        }
      }
    }
    let active = isActive.indices.filter { isActive[$0] }
    columns = active.isEmpty ? [0] : active
  }

  /// The kept columns of `inputs`, shape `[n, columns.count]`.
  package func compacted(_ inputs: Matrix<Float>) -> Matrix<Float> {
    precondition(inputs.columns == inputCount, "expected \(inputCount) inputs, got \(inputs.columns)")
    var kept: [Float] = []
    kept.reserveCapacity(inputs.rows * columns.count)
    for row in 0..<inputs.rows {
      let start = row * inputs.columns
      for column in columns { kept.append(inputs.elements[start + column]) }
    }
    return Matrix(rows: inputs.rows, columns: columns.count, elements: kept)
  }

  /// The network on the kept inputs alone: the same logits on inputs of this support.
  package func compacted(_ network: FullyConnectedNetwork) -> FullyConnectedNetwork {
    let full = network.shape
    precondition(full.widths[0] == inputCount, "expected \(inputCount) inputs, got \(full.widths[0])")
    var parameters: [Float] = []
    parameters.reserveCapacity(network.parameters.count)
    for unit in 0..<full.widths[1] {
      for column in columns { parameters.append(network.parameters[unit * inputCount + column]) }
    }
    parameters.append(contentsOf: network.parameters[full.biasRange(0).lowerBound...])
    return FullyConnectedNetwork(shape: compactedShape(of: full), parameters: parameters)
  }

  /// The full network with the parameters of `compact` put back in their places.
  package func expanded(_ compact: FullyConnectedNetwork, into full: FullyConnectedNetwork)
    -> FullyConnectedNetwork
  {
    precondition(compact.shape == compactedShape(of: full.shape), "the networks do not belong together")
    var parameters = full.parameters
    for unit in 0..<full.shape.widths[1] {
      for (position, column) in columns.enumerated() {
        parameters[unit * inputCount + column] = compact.parameters[unit * columns.count + position]
      }
    }
    parameters.replaceSubrange(
      full.shape.biasRange(0).lowerBound...,
      with: compact.parameters[compact.shape.biasRange(0).lowerBound...])
    return FullyConnectedNetwork(shape: full.shape, parameters: parameters)
  }

  private func compactedShape(of full: FullyConnectedShape) -> FullyConnectedShape {
    FullyConnectedShape(inputs: columns.count, hidden: Array(full.widths[1..<full.layerCount]))
  }
}
