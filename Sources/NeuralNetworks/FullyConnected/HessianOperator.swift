package import LinearAlgebra

/// The Hessian H of the mean sigmoid cross-entropy over n examples, as an operator: v ↦ H v.
///
/// Pearlmutter's R-operator (1994): with R{·} the derivative along v = (V, c) of the parameters (W, b),
///
///     R{zˡ} = R{aˡ} Wˡᵀ + aˡ Vˡᵀ + cˡ,           R{aˡ⁺¹} = R{zˡ} where zˡ > 0, else 0,  R{a⁰} = 0
///     R{δ} of the last layer = σ(z)(1 − σ(z)) R{z} / n,
///     R{δˡ⁻¹} = R{δˡ} Wˡ + δˡ Vˡ where zˡ⁻¹ > 0, else 0,
///     H v = (R{δˡ}ᵀ aˡ + δˡᵀ R{aˡ}, Σ R{δˡ})     for each layer.
///
/// ReLU'' is taken as 0, so H is that of the piece of the loss on which the parameters lie. Activations a and
/// errors δ are computed once. A product costs 4n in·out flops in the first layer and 12n in·out in the
/// others (about twice a gradient), in Float64: an iteration that looks for eigenvalues a thousand times
/// smaller than the largest would see Float32's rounding of the largest.
package final class HessianOperator {
  /// The number of parameters, and so of rows.
  package var size: Int { workspace.shape.parameterCount }
  /// The loss, in nats; not finite where the network's parameters are not.
  package let loss: Double

  private let workspace: DoublePrecisionWorkspace
  private let parameters: [Double]
  /// Whether the inputs are a lower triangle, n × n.
  private let hasTriangularInputs: Bool
  /// σ(z)(1 − σ(z)) / n of each example.
  private let curvatures: [Double]
  /// R{z} of each layer, R{a} once the inactive units are zero.
  private let outputChanges: [UnsafeMutablePointer<Double>]
  /// R{δ} of each layer.
  private let errorChanges: [UnsafeMutablePointer<Double>]
  /// A layer's weights, or their change, or their part of a product, in the order in which products take them:
  /// `[in, out]`.
  private let transposed: UnsafeMutablePointer<Double>
  private let products = DoublePrecisionProducts()

  /// One pass forward and one backward over the examples.
  ///
  /// - Parameters:
  ///   - inputs: shape `[n, d]`, n > 0.
  ///   - labels: 0 or 1, length n.
  package convenience init(network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8]) {
    self.init(
      DoublePrecisionWorkspace(shape: network.shape, inputs: inputs, labels: labels),
      parameters: network.parameters.map(Double.init), hasTriangularInputs: false)
  }

  /// The Hessian with the first layer's weights in an orthonormal basis of the inputs' row space, where there
  /// are fewer examples than inputs: its eigenvalues are those of the whole Hessian but for zeros.
  ///
  /// A weight's change across that space changes no logit. With X = L Qᵀ (``LinearAlgebra/RowSpace``) the
  /// inputs are L and the weights W Q, so the first layer costs 2n² out flops a product and not 4n in·out,
  /// and vectors are shorter.
  ///
  /// - Parameters:
  ///   - inputs: shape `[n, d]`, n > 0.
  ///   - labels: 0 or 1, length n.
  package static func inRowSpace(
    network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8]
  ) -> HessianOperator {
    guard inputs.rows < inputs.columns else {
      return HessianOperator(network: network, inputs: inputs, labels: labels)
    }
    let space = RowSpace(of: inputs)
    let first = network.shape.weightRange(0)
    let weights = space.coordinates(
      of: Matrix(
        rows: network.shape.widths[1], columns: inputs.columns,
        elements: network.parameters[first].map(Double.init)))
    let shape = FullyConnectedShape(
      inputs: inputs.rows, hidden: Array(network.shape.widths.dropFirst().dropLast()))
    return HessianOperator(
      DoublePrecisionWorkspace(shape: shape, inputs: space.coefficients, labels: labels),
      parameters: weights.elements + network.parameters[first.upperBound...].map(Double.init),
      hasTriangularInputs: true)
  }

  private init(
    _ workspace: DoublePrecisionWorkspace, parameters: [Double], hasTriangularInputs: Bool
  ) {
    let count = workspace.count
    var gradient = [Double](repeating: 0, count: parameters.count)
    loss = workspace.lossAndGradient(parameters: parameters, gradient: &gradient)
    let logits = workspace.outputs[workspace.shape.layerCount - 1]
    curvatures = (0..<count).map { row in
      // σ(−z) and not 1 − σ(z), which would cancel for large z.
      DoublePrecisionWorkspace.sigmoid(logits[row]) * DoublePrecisionWorkspace.sigmoid(-logits[row])
        / Double(count)
    }
    outputChanges = workspace.shape.widths.dropFirst().map { DoublePrecisionWorkspace.buffer(count * $0) }
    errorChanges = workspace.shape.widths.dropFirst().map { DoublePrecisionWorkspace.buffer(count * $0) }
    transposed = DoublePrecisionWorkspace.buffer(
      (0..<workspace.shape.layerCount).map { workspace.shape.weightRange($0).count }.max() ?? 0)
    self.workspace = workspace
    self.parameters = parameters
    self.hasTriangularInputs = hasTriangularInputs
  }

  deinit {
    for buffer in outputChanges + errorChanges + [transposed] { buffer.deallocate() }
  }

  /// `product` ← H `vector`; both in the order of ``FullyConnectedShape``, without overlap. Does not
  /// allocate. One operator serves one thread.
  package func multiply(_ vector: UnsafePointer<Double>, into product: UnsafeMutablePointer<Double>) {
    parameters.withUnsafeBufferPointer { w in
      guard let w = w.baseAddress else { return }
      forward(vector, weights: w)
      backward(vector, weights: w, into: product)
    }
  }

  private func forward(_ vector: UnsafePointer<Double>, weights: UnsafePointer<Double>) {
    let (shape, count) = (workspace.shape, workspace.count)
    for layer in 0..<shape.layerCount {
      let (fanIn, fanOut) = (shape.widths[layer], shape.widths[layer + 1])
      let (start, change) = (workspace.weightStarts[layer], outputChanges[layer])
      let gates = layer + 1 < shape.layerCount ? UnsafePointer(workspace.outputs[layer]) : nil
      Self.transpose(vector + start, rows: fanOut, columns: fanIn, into: transposed)
      products.multiply(
        inputs(of: layer), count: count, by: transposed, width: fanOut,
        from: .biases(vector + workspace.biasStarts[layer]), gates: layer == 0 ? gates : nil, into: change)
      guard layer > 0 else { continue }
      Self.transpose(weights + start, rows: fanOut, columns: fanIn, into: transposed)
      products.multiply(
        .init(values: outputChanges[layer - 1], depth: fanIn), count: count, by: transposed, width: fanOut,
        from: .output, gates: gates, into: change)
    }
  }

  private func backward(
    _ vector: UnsafePointer<Double>, weights: UnsafePointer<Double>,
    into product: UnsafeMutablePointer<Double>
  ) {
    let (shape, count) = (workspace.shape, workspace.count)
    let last = shape.layerCount - 1
    for row in 0..<count { errorChanges[last][row] = curvatures[row] * outputChanges[last][row] }
    for layer in stride(from: last, through: 0, by: -1) {
      let (fanIn, fanOut) = (shape.widths[layer], shape.widths[layer + 1])
      let (start, change) = (workspace.weightStarts[layer], errorChanges[layer])
      transposed.update(repeating: 0, count: fanIn * fanOut)
      products.addGradient(inputs(of: layer), count: count, errors: change, width: fanOut, to: transposed)
      if layer > 0 {
        products.addGradient(
          .init(values: outputChanges[layer - 1], depth: fanIn), count: count,
          errors: workspace.errors[layer], width: fanOut, to: transposed)
      }
      Self.transpose(transposed, rows: fanIn, columns: fanOut, into: product + start)
      DoublePrecisionWorkspace.columnSums(
        change, rows: count, columns: fanOut, leadingDimension: fanOut,
        into: product + workspace.biasStarts[layer])
      guard layer > 0 else { continue }
      let below = errorChanges[layer - 1]
      products.multiply(
        .init(values: change, depth: fanOut), count: count, by: weights + start, width: fanIn, from: .zero,
        gates: nil, into: below)
      products.multiply(
        .init(values: workspace.errors[layer], depth: fanOut), count: count, by: vector + start,
        width: fanIn, from: .output, gates: workspace.outputs[layer - 1], into: below)
    }
  }

  private func inputs(of layer: Int) -> DoublePrecisionProducts.Rows {
    .init(
      values: workspace.layerInput(layer), depth: workspace.shape.widths[layer],
      isLowerTriangle: layer == 0 && hasTriangularInputs)
  }

  private static func transpose(
    _ source: UnsafePointer<Double>, rows: Int, columns: Int, into target: UnsafeMutablePointer<Double>
  ) {
    // In tiles, so that neither side leaves the cache between its neighbours.
    let tile = 8
    for top in stride(from: 0, to: rows, by: tile) {
      for left in stride(from: 0, to: columns, by: tile) {
        for row in top..<min(top + tile, rows) {
          for column in left..<min(left + tile, columns) {
            target[column * rows + row] = source[row * columns + column]
          }
        }
      }
    }
  }
}
