import LinearAlgebra

/// The passes through a fully connected network, in buffers made once: no step allocates.
///
/// Holds the activations and the error signals of up to `capacity` examples. One workspace serves one thread.
/// The cost of a pass over n examples is that of its products: 2n Σ in·out flops forward, about twice
/// that backward (the first layer passes no error on).
package final class FullyConnectedWorkspace {
  /// The network's shape.
  package let shape: FullyConnectedShape
  /// The largest number of examples in one pass.
  package let capacity: Int

  /// Outputs of each layer, shape `[capacity, widths[l + 1]]`; the last one holds the logits.
  private let outputs: [UnsafeMutablePointer<Float>]
  /// ∂L/∂(pre-activation) of each layer, the same shapes.
  private let errors: [UnsafeMutablePointer<Float>]
  private let weightStarts: [Int]
  private let biasStarts: [Int]

  /// Buffers for `capacity` examples.
  package init(shape: FullyConnectedShape, capacity: Int) {
    precondition(capacity > 0, "expected a positive capacity, got \(capacity)")
    self.shape = shape
    self.capacity = capacity
    let widths = shape.widths.dropFirst()
    outputs = widths.map { Self.buffer(capacity * $0) }
    errors = widths.map { Self.buffer(capacity * $0) }
    weightStarts = (0..<shape.layerCount).map { shape.weightRange($0).lowerBound }
    biasStarts = (0..<shape.layerCount).map { shape.biasRange($0).lowerBound }
  }

  deinit {
    for buffer in outputs + errors { buffer.deallocate() }
  }

  private static func buffer(_ count: Int) -> UnsafeMutablePointer<Float> {
    let buffer = UnsafeMutablePointer<Float>.allocate(capacity: count)
    buffer.initialize(repeating: 0, count: count)
    return buffer
  }

  /// The logits of `count` examples, valid until the next pass.
  ///
  /// - Parameters:
  ///   - parameters: in the order of ``FullyConnectedShape``.
  ///   - inputs: row-major, shape `[count, widths[0]]`.
  package func logits(
    parameters: UnsafePointer<Float>, inputs: UnsafePointer<Float>, count: Int
  ) -> UnsafeBufferPointer<Float> {
    precondition(count <= capacity, "expected at most \(capacity) examples, got \(count)")
    var layerInput = inputs
    for layer in 0..<shape.layerCount {
      let (fanIn, fanOut) = (shape.widths[layer], shape.widths[layer + 1])
      let output = outputs[layer]
      multiplyAccumulate(
        count, fanOut, fanIn, layerInput, leadingDimension: fanIn, .asStored,
        parameters + weightStarts[layer], leadingDimension: fanIn, .transposed,
        into: output, leadingDimension: fanOut)
      let biases = parameters + biasStarts[layer]
      if layer + 1 < shape.layerCount {
        Elementwise.addBiasAndRectify(output, biases, rows: count, columns: fanOut)
      } else {
        Elementwise.addBias(output, biases, rows: count, columns: fanOut)
      }
      layerInput = UnsafePointer(output)
    }
    return UnsafeBufferPointer(start: layerInput, count: count)
  }

  /// The mean sigmoid cross-entropy of `count` examples, in nats.
  package func loss(
    parameters: UnsafePointer<Float>, inputs: UnsafePointer<Float>, labels: UnsafePointer<Float>, count: Int
  ) -> Double {
    SigmoidCrossEntropy.mean(
      logits: logits(parameters: parameters, inputs: inputs, count: count), labels: labels)
  }

  /// target ← scale · ∂L/∂parameters + keep · target, L the mean cross-entropy of `count` examples.
  ///
  /// With `scale: 1, keep: 0` the target becomes the gradient. With `scale: -learningRate, keep: 1` and the
  /// parameters themselves as target it is one step of gradient descent, without a gradient ever being
  /// stored: each layer's error is passed on before its weights change.
  ///
  /// - Parameters:
  ///   - target: in the order of ``FullyConnectedShape``; may be the parameters.
  ///   - inputErrors: receives ∂L/∂inputs, shape `[count, widths[0]]`, where a layer below wants it.
  package func accumulateGradient(
    parameters: UnsafePointer<Float>, inputs: UnsafePointer<Float>, labels: UnsafePointer<Float>, count: Int,
    scale: Float, keep: Float, into target: UnsafeMutablePointer<Float>,
    inputErrors: UnsafeMutablePointer<Float>? = nil
  ) {
    let logits = logits(parameters: parameters, inputs: inputs, count: count)
    let last = shape.layerCount - 1
    SigmoidCrossEntropy.gradientOfMean(logits: logits, labels: labels, into: errors[last])
    for layer in stride(from: last, through: 0, by: -1) {
      let (fanIn, fanOut) = (shape.widths[layer], shape.widths[layer + 1])
      if let errorBelow = layer > 0 ? errors[layer - 1] : inputErrors {
        multiplyAccumulate(
          count, fanIn, fanOut, errors[layer], leadingDimension: fanOut, .asStored,
          parameters + weightStarts[layer], leadingDimension: fanIn, .asStored,
          into: errorBelow, leadingDimension: fanIn)
      }
      if layer > 0 {
        Elementwise.zeroWhereInactive(errors[layer - 1], outputs[layer - 1], count: count * fanIn)
      }
      let layerInput = layer > 0 ? UnsafePointer(outputs[layer - 1]) : inputs
      multiplyAccumulate(
        fanOut, fanIn, count, alpha: scale, errors[layer], leadingDimension: fanOut, .transposed,
        layerInput, leadingDimension: fanIn, .asStored,
        beta: keep, into: target + weightStarts[layer], leadingDimension: fanIn)
      Elementwise.accumulateColumnSums(
        errors[layer], rows: count, columns: fanOut, scale: scale, keep: keep,
        into: target + biasStarts[layer])
    }
  }
}
