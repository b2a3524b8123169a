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
    self.workspace = workspace
    self.parameters = parameters
    self.hasTriangularInputs = hasTriangularInputs
  }

  deinit {
    for buffer in outputChanges + errorChanges { buffer.deallocate() }
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
      let biases = vector + workspace.biasStarts[layer]
      if layer == 0, hasTriangularInputs {
        Self.transpose(vector + start, rows: fanOut, columns: fanIn, into: change)
        multiplyTriangle(
          lower: workspace.layerInput(0), .left, change, rows: count, columns: fanOut)
        for row in 0..<count {
          for unit in 0..<fanOut { change[row * fanOut + unit] += biases[unit] }
        }
      } else {
        for row in 0..<count { (change + row * fanOut).update(from: biases, count: fanOut) }
        multiplyAccumulate(
          count, fanOut, fanIn, workspace.layerInput(layer), leadingDimension: fanIn, .asStored,
          vector + start, leadingDimension: fanIn, .transposed,
          beta: 1, into: change, leadingDimension: fanOut)
      }
      if layer > 0 {
        multiplyAccumulate(
          count, fanOut, fanIn, outputChanges[layer - 1], leadingDimension: fanIn, .asStored,
          weights + start, leadingDimension: fanIn, .transposed,
          beta: 1, into: change, leadingDimension: fanOut)
      }
      if layer + 1 < shape.layerCount {
        DoublePrecisionWorkspace.zeroWhereInactive(change, workspace.outputs[layer], count: count * fanOut)
      }
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
      if layer == 0, hasTriangularInputs {
        Self.transpose(change, rows: count, columns: fanOut, into: product + start)
        multiplyTriangle(
          lower: workspace.layerInput(0), .right, product + start, rows: fanOut, columns: fanIn)
      } else {
        multiplyAccumulate(
          fanOut, fanIn, count, change, leadingDimension: fanOut, .transposed,
          workspace.layerInput(layer), leadingDimension: fanIn, .asStored,
          into: product + start, leadingDimension: fanIn)
      }
      DoublePrecisionWorkspace.columnSums(
        change, rows: count, columns: fanOut, leadingDimension: fanOut,
        into: product + workspace.biasStarts[layer])
      guard layer > 0 else { continue }
      multiplyAccumulate(
        fanOut, fanIn, count, workspace.errors[layer], leadingDimension: fanOut, .transposed,
        outputChanges[layer - 1], leadingDimension: fanIn, .asStored,
        beta: 1, into: product + start, leadingDimension: fanIn)
      let below = errorChanges[layer - 1]
      multiplyAccumulate(
        count, fanIn, fanOut, change, leadingDimension: fanOut, .asStored,
        weights + start, leadingDimension: fanIn, .asStored, into: below, leadingDimension: fanIn)
      multiplyAccumulate(
        count, fanIn, fanOut, workspace.errors[layer], leadingDimension: fanOut, .asStored,
        vector + start, leadingDimension: fanIn, .asStored, beta: 1, into: below, leadingDimension: fanIn)
      DoublePrecisionWorkspace.zeroWhereInactive(below, workspace.outputs[layer - 1], count: count * fanIn)
    }
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
