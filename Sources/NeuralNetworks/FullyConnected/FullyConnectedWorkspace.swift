import LinearAlgebra

/// The passes through a fully connected network over chosen examples of a fixed set, in buffers made once: no
/// step allocates.
///
/// Holds the activations and the error signals of up to `capacity` examples. The first layer, which is most of
/// a network on images, costs its non-zero inputs alone where most are zero (``NetworkInputs``). The cost of
/// a pass over n examples is that of its products: 2n Σ in·out flops forward, about twice that backward (the
/// first layer passes no error on). One workspace serves one thread.
package final class FullyConnectedWorkspace {
  /// The order of the parameters.
  package let layout: TransposedLayout
  /// The largest number of examples in one pass.
  package let capacity: Int

  private let inputs: NetworkInputs
  private let labels: [Float]
  private let products: LayerProducts
  /// Outputs of each layer, shape `[capacity, paddedWidths[l + 1]]`; the last one's first column holds the
  /// logits.
  private let outputs: [AlignedFloats]
  /// Those of the examples of a step that are taken from a pass over all; made when first needed.
  private lazy var chosenOutputs = outputs.map { AlignedFloats(count: $0.buffer.count) }
  /// s · ∂L/∂(pre-activation) of each layer, the same shapes, s the scale of the gradient at hand.
  private let errors: [AlignedFloats]
  /// The weights of each layer but the first as ``FullyConnectedShape`` orders them, shape
  /// `[out, paddedWidths[l]]`: errors are passed back through them.
  private let untransposed: [AlignedFloats]
  private let chosenLogits: AlignedFloats
  private let chosenLabels: AlignedFloats

  /// Buffers for `capacity` examples.
  ///
  /// - Parameters:
  ///   - inputs: of all examples, as many as the network has.
  ///   - labels: 0 or 1, one for each example; none where nobody will ask for a loss.
  package convenience init(
    layout: TransposedLayout, inputs: NetworkInputs, labels: [Float], capacity: Int
  ) {
    self.init(layout: layout, inputs: inputs, labels: labels, capacity: capacity, LayerProducts())
  }

  init(
    layout: TransposedLayout, inputs: NetworkInputs, labels: [Float], capacity: Int, _ products: LayerProducts
  ) {
    precondition(capacity > 0, "expected a positive capacity, got \(capacity)")
    precondition(
      inputs.columns == layout.shape.widths[0],
      "expected \(layout.shape.widths[0]) inputs, got \(inputs.columns)")
    precondition(
      labels.isEmpty || labels.count == inputs.rows, "expected \(inputs.rows) labels, got \(labels.count)")
    self.layout = layout
    self.inputs = inputs
    self.labels = labels
    self.capacity = capacity
    self.products = products
    let widths = layout.paddedWidths
    outputs = widths.dropFirst().map { AlignedFloats(count: capacity * $0) }
    errors = widths.dropFirst().map { AlignedFloats(count: capacity * $0) }
    untransposed = (1..<layout.shape.layerCount).map {
      AlignedFloats(count: layout.shape.widths[$0 + 1] * widths[$0])
    }
    chosenLogits = AlignedFloats(count: capacity)
    chosenLabels = AlignedFloats(count: capacity)
  }

  /// The logits of the chosen examples, valid until the next pass.
  ///
  /// - Parameters:
  ///   - parameters: in the order of ``layout``.
  ///   - selection: numbers of examples; one may come twice.
  package func logits(
    parameters: UnsafePointer<Float>, selection: UnsafeBufferPointer<Int>
  ) -> UnsafeBufferPointer<Float> {
    let count = selection.count
    precondition(count <= capacity, "expected at most \(capacity) examples, got \(count)")
    let last = layout.shape.layerCount - 1
    for layer in 0...last {
      let width = layout.paddedWidths[layer + 1]
      let weights = parameters + layout.weightStarts[layer]
      let ends = LayerProducts.Ends(
        biases: parameters + layout.biasStart(layer), rectifies: layer < last)
      let output = outputs[layer].start
      if layer == 0 {
        inputs.multiply(selection, by: weights, width: width, ends, into: output, products)
      } else {
        products.multiply(
          layerInput(layer, outputs), nil, count: count, by: weights, width: width, ends, into: output)
      }
    }
    return gatheredLogits(outputs, count: count)
  }

  /// The first column of the last layer's outputs.
  private func gatheredLogits(_ outputs: [AlignedFloats], count: Int) -> UnsafeBufferPointer<Float> {
    let last = layout.shape.layerCount - 1
    let stride = layout.paddedWidths[last + 1]
    for i in 0..<count { chosenLogits.buffer[i] = outputs[last].buffer[i * stride] }
    return UnsafeBufferPointer(start: chosenLogits.start, count: count)
  }

  /// The mean sigmoid cross-entropy of the chosen examples, in nats.
  package func loss(parameters: UnsafePointer<Float>, selection: UnsafeBufferPointer<Int>) -> Double {
    let logits = logits(parameters: parameters, selection: selection)
    return SigmoidCrossEntropy.mean(logits: logits, labels: gatheredLabels(selection))
  }

  /// target ← target + scale · ∂L/∂parameters, L the mean cross-entropy of the chosen examples.
  ///
  /// With `scale: -learningRate` and the parameters themselves as target it is one step of gradient descent,
  /// without a gradient ever being stored: each layer's error is passed on before its weights change.
  ///
  /// - Parameter target: in the order of ``layout``; may be the parameters.
  package func addGradient(
    parameters: UnsafePointer<Float>, selection: UnsafeBufferPointer<Int>, scale: Float,
    to target: UnsafeMutablePointer<Float>
  ) {
    addGradient(
      parameters: parameters, selection: selection, scale: scale, to: target, outputs: outputs,
      logits: logits(parameters: parameters, selection: selection))
  }

  /// The same where the last pass went over all examples in order, and at these parameters: the pass forward
  /// is part of that one.
  package func addGradientAfterPassOverAll(
    parameters: UnsafePointer<Float>, selection: UnsafeBufferPointer<Int>, scale: Float,
    to target: UnsafeMutablePointer<Float>
  ) {
    precondition(selection.count <= capacity, "expected at most \(capacity) examples, got \(selection.count)")
    for (position, example) in selection.enumerated() {
      for (layer, width) in layout.paddedWidths.dropFirst().enumerated() {
        (chosenOutputs[layer].start + position * width).update(
          from: outputs[layer].start + example * width, count: width)
      }
    }
    addGradient(
      parameters: parameters, selection: selection, scale: scale, to: target, outputs: chosenOutputs,
      logits: gatheredLogits(chosenOutputs, count: selection.count))
  }

  private func addGradient(
    parameters: UnsafePointer<Float>, selection: UnsafeBufferPointer<Int>, scale: Float,
    to target: UnsafeMutablePointer<Float>, outputs: [AlignedFloats], logits: UnsafeBufferPointer<Float>
  ) {
    let count = selection.count
    let last = layout.shape.layerCount - 1
    SigmoidCrossEntropy.gradientOfMean(
      logits: logits, labels: gatheredLabels(selection), scale: scale, into: errors[last].start,
      stride: layout.paddedWidths[last + 1])
    for layer in stride(from: last, through: 0, by: -1) {
      let width = layout.paddedWidths[layer + 1]
      let error = errors[layer].start
      if layer > 0 { passErrorsBack(through: layer, parameters, count: count, outputs) }
      let weights = target + layout.weightStarts[layer]
      if layer == 0 {
        inputs.addGradient(selection, errors: error, width: width, to: weights, products)
      } else {
        products.addGradient(
          layerInput(layer, outputs), nil, count: count, errors: error, width: width, to: weights)
      }
      LayerProducts.addColumnSums(error, count: count, width: width, to: target + layout.biasStart(layer))
    }
  }

  /// errors[layer − 1] ← errors[layer] Wˡ, 0 where the unit is off (ReLU'(0) = 0).
  private func passErrorsBack(
    through layer: Int, _ parameters: UnsafePointer<Float>, count: Int, _ outputs: [AlignedFloats]
  ) {
    let (units, stride) = (layout.shape.widths[layer + 1], layout.paddedWidths[layer + 1])
    let width = layout.paddedWidths[layer]
    let weights = parameters + layout.weightStarts[layer]
    let rows = untransposed[layer - 1].start
    for unit in 0..<units {
      for input in 0..<width { rows[unit * width + input] = weights[input * stride + unit] }
    }
    products.multiply(
      .init(values: errors[layer].start, stride: stride, depth: units), nil, count: count, by: rows,
      width: width, .init(gates: outputs[layer - 1].start), into: errors[layer - 1].start)
  }

  /// What layer `layer`, not the first, takes.
  private func layerInput(_ layer: Int, _ outputs: [AlignedFloats]) -> LayerProducts.DenseRows {
    .init(
      values: outputs[layer - 1].start, stride: layout.paddedWidths[layer], depth: layout.shape.widths[layer])
  }

  private func gatheredLabels(_ selection: UnsafeBufferPointer<Int>) -> UnsafePointer<Float> {
    precondition(labels.count == inputs.rows, "expected \(inputs.rows) labels, got \(labels.count)")
    for (position, example) in selection.enumerated() { chosenLabels.buffer[position] = labels[example] }
    return UnsafePointer(chosenLabels.start)
  }
}
