package import LinearAlgebra

/// What a pass shows of one layer, for all examples: its inputs a, and ∂u/∂z, the derivatives of the logit u
/// by its pre-activations z = W a + b.
package struct LayerDerivatives: Sendable {
  /// u of each example.
  package let logits: [Double]
  /// a, shape `[n, in]`.
  package let inputs: Matrix<Double>
  /// ∂u/∂z, shape `[n, out]`.
  package let slopes: Matrix<Double>
}

extension DoublePrecisionWorkspace {
  /// The mean sigmoid cross-entropy of the examples, in nats: one pass forward.
  package func loss(parameters: UnsafePointer<Double>) -> Double { forward(parameters, networks: 1)[0] }

  /// The logit of each example: one pass forward.
  package func logits(parameters: UnsafePointer<Double>) -> [Double] {
    _ = forward(parameters, networks: 1)
    return logitsOfLastPass
  }

  /// The derivatives of the logit at `layer`: one pass forward, and one back to that layer.
  package func logitDerivatives(
    parameters: UnsafePointer<Double>, layer: Int
  ) -> LayerDerivatives {
    precondition((0..<shape.layerCount).contains(layer), "expected one of \(shape.layerCount) layers")
    _ = forward(parameters, networks: 1)
    let last = shape.layerCount - 1
    for i in 0..<count { errors[last][i] = 1 }
    for above in stride(from: last, to: layer, by: -1) {
      passErrorsBack(through: above, parameters, networks: 1)
    }
    func matrix(_ values: UnsafePointer<Double>, columns: Int) -> Matrix<Double> {
      Matrix(
        rows: count, columns: columns,
        elements: Array(UnsafeBufferPointer(start: values, count: count * columns)))
    }
    return LayerDerivatives(
      logits: logitsOfLastPass, inputs: matrix(layerInput(layer), columns: shape.widths[layer]),
      slopes: matrix(errors[layer], columns: shape.widths[layer + 1]))
  }

  private var logitsOfLastPass: [Double] {
    Array(UnsafeBufferPointer(start: outputs[shape.layerCount - 1], count: count))
  }
}
