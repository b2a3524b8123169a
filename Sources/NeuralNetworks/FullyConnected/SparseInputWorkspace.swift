/// The passes through a fully connected network on inputs that are mostly zero, in buffers made once.
///
/// The first layer, which is most of a network on images, costs its non-zeros alone; the others are those of
/// a ``FullyConnectedWorkspace``. Its weights are held transposed, so that each input meets its weights in
/// one piece: see ``TransposedFirstLayer`` for the order of the parameters. One workspace serves one thread.
package final class SparseInputWorkspace {
  /// The order of the parameters.
  package let layout: TransposedFirstLayer
  /// The largest number of examples in one pass.
  package let capacity: Int

  private let inputs: SparseRows
  private let upper: FullyConnectedWorkspace
  /// Outputs of the first layer and ∂L/∂(its pre-activation), shape `[capacity, layout.paddedWidth]`.
  private let hidden: UnsafeMutablePointer<Float>
  private let errors: UnsafeMutablePointer<Float>

  /// Buffers for `capacity` of the examples in `inputs`.
  package init(layout: TransposedFirstLayer, inputs: SparseRows, capacity: Int) {
    precondition(
      inputs.columns == layout.inputCount, "expected \(layout.inputCount) inputs, got \(inputs.columns)")
    self.layout = layout
    self.inputs = inputs
    self.capacity = capacity
    upper = FullyConnectedWorkspace(shape: layout.upperShape, capacity: capacity)
    hidden = .allocate(capacity: capacity * layout.paddedWidth)
    hidden.initialize(repeating: 0, count: capacity * layout.paddedWidth)
    errors = .allocate(capacity: capacity * layout.paddedWidth)
    errors.initialize(repeating: 0, count: capacity * layout.paddedWidth)
  }

  deinit {
    hidden.deallocate()
    errors.deallocate()
  }

  /// The mean sigmoid cross-entropy of the chosen examples, in nats.
  ///
  /// - Parameters:
  ///   - parameters: in the order of ``layout``.
  ///   - selection: rows of the inputs.
  ///   - labels: of the chosen examples, in their order.
  package func loss(
    parameters: UnsafePointer<Float>, selection: UnsafeBufferPointer<Int>, labels: UnsafePointer<Float>
  ) -> Double {
    passFirstLayer(parameters, selection)
    return upper.loss(
      parameters: parameters + layout.upperStart, inputs: hidden, labels: labels, count: selection.count)
  }

  /// parameters ← parameters + scale · ∂L/∂parameters, L the mean cross-entropy of the chosen examples.
  package func step(
    _ parameters: UnsafeMutablePointer<Float>, selection: UnsafeBufferPointer<Int>,
    labels: UnsafePointer<Float>, scale: Float
  ) {
    let (width, count) = (layout.paddedWidth, selection.count)
    passFirstLayer(parameters, selection)
    let upperParameters = parameters + layout.upperStart
    upper.accumulateGradient(
      parameters: upperParameters, inputs: hidden, labels: labels, count: count, scale: scale, keep: 1,
      into: upperParameters, inputErrors: errors)
    Elementwise.zeroWhereInactive(errors, hidden, count: count * width)
    inputs.addTransposed(selection, times: errors, width: width, scale: scale, to: parameters)
    Elementwise.accumulateColumnSums(
      errors, rows: count, columns: width, scale: scale, keep: 1, into: parameters + layout.biasStart)
  }

  private func passFirstLayer(_ parameters: UnsafePointer<Float>, _ selection: UnsafeBufferPointer<Int>) {
    precondition(
      selection.count <= capacity, "expected at most \(capacity) examples, got \(selection.count)")
    inputs.multiply(selection, by: parameters, width: layout.paddedWidth, into: hidden)
    Elementwise.addBiasAndRectify(
      hidden, parameters + layout.biasStart, rows: selection.count, columns: layout.paddedWidth)
  }
}
