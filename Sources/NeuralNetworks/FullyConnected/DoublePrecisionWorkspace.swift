package import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The passes through a fully connected network in Float64, over one fixed set of examples.
///
/// For what Float32 is too coarse for: second derivatives, and losses that differ in the eighth digit. Holds
/// the examples, the activations and the error signals. One workspace serves one thread. A loss with its
/// gradient costs 6n Σ in·out flops (4n in·out in the first layer, which passes no error on).
package final class DoublePrecisionWorkspace {
  /// The network's shape.
  package let shape: FullyConnectedShape
  /// The number of examples.
  package let count: Int

  /// The inputs, shape `[count, widths[0]]`.
  let inputs: UnsafeMutablePointer<Double>
  /// Outputs of each layer, shape `[count, widths[l + 1]]`; the last one holds the logits.
  let outputs: [UnsafeMutablePointer<Double>]
  /// ∂L/∂(pre-activation) of each layer, the same shapes.
  let errors: [UnsafeMutablePointer<Double>]
  let weightStarts: [Int]
  let biasStarts: [Int]
  private let labels: [Double]

  /// Buffers for these examples.
  ///
  /// - Parameters:
  ///   - inputs: shape `[n, widths[0]]`, n > 0.
  ///   - labels: 0 or 1, length n.
  package convenience init(shape: FullyConnectedShape, inputs: Matrix<Float>, labels: [UInt8]) {
    self.init(shape: shape, inputs: inputs.inDoublePrecision, labels: labels)
  }

  /// The same for inputs in Float64.
  init(shape: FullyConnectedShape, inputs: Matrix<Double>, labels: [UInt8]) {
    precondition(inputs.rows > 0, "expected at least one example")
    precondition(labels.count == inputs.rows, "expected \(inputs.rows) labels, got \(labels.count)")
    precondition(
      inputs.columns == shape.widths[0], "expected \(shape.widths[0]) inputs, got \(inputs.columns)")
    self.shape = shape
    count = inputs.rows
    self.labels = labels.map(Double.init)
    let buffer = Self.buffer(inputs.elements.count)
    for (index, value) in inputs.elements.enumerated() { buffer[index] = value }
    self.inputs = buffer
    let rows = inputs.rows
    outputs = shape.widths.dropFirst().map { Self.buffer(rows * $0) }
    errors = shape.widths.dropFirst().map { Self.buffer(rows * $0) }
    weightStarts = (0..<shape.layerCount).map { shape.weightRange($0).lowerBound }
    biasStarts = (0..<shape.layerCount).map { shape.biasRange($0).lowerBound }
  }

  deinit {
    inputs.deallocate()
    for buffer in outputs + errors { buffer.deallocate() }
  }

  static func buffer(_ count: Int) -> UnsafeMutablePointer<Double> {
    let buffer = UnsafeMutablePointer<Double>.allocate(capacity: count)
    buffer.initialize(repeating: 0, count: count)
    return buffer
  }

  /// The mean sigmoid cross-entropy L of the examples, in nats; `gradient` ← ∂L/∂parameters.
  ///
  /// Both arrays are in the order of ``FullyConnectedShape`` and do not overlap.
  package func lossAndGradient(
    parameters: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    let loss = forward(parameters)
    let last = shape.layerCount - 1
    for i in 0..<count { errors[last][i] = (Self.sigmoid(outputs[last][i]) - labels[i]) / Double(count) }
    for layer in stride(from: last, through: 0, by: -1) {
      let (fanIn, fanOut) = (shape.widths[layer], shape.widths[layer + 1])
      if layer > 0 { passErrorsBack(through: layer, parameters) }
      multiplyAccumulate(
        fanOut, fanIn, count, errors[layer], leadingDimension: fanOut, .transposed,
        layerInput(layer), leadingDimension: fanIn, .asStored,
        into: gradient + weightStarts[layer], leadingDimension: fanIn)
      Self.columnSums(errors[layer], rows: count, columns: fanOut, into: gradient + biasStarts[layer])
    }
    return loss
  }

  /// errors[layer − 1] ← errors[layer] Wˡ, 0 where the unit is off.
  private func passErrorsBack(through layer: Int, _ parameters: UnsafePointer<Double>) {
    let (fanIn, fanOut) = (shape.widths[layer], shape.widths[layer + 1])
    multiplyAccumulate(
      count, fanIn, fanOut, errors[layer], leadingDimension: fanOut, .asStored,
      parameters + weightStarts[layer], leadingDimension: fanIn, .asStored,
      into: errors[layer - 1], leadingDimension: fanIn)
    Self.zeroWhereInactive(errors[layer - 1], outputs[layer - 1], count: count * fanIn)
  }

  /// The logit u of each example and ‖∂u/∂w‖², the squared Euclidean norm of its gradient over all
  /// parameters.
  ///
  /// With δˡ = ∂u/∂zˡ and aˡ what layer l takes it is Σ ‖δˡ‖² (‖aˡ‖² + 1), so no gradient is stored. Costs
  /// one pass forward and one back, 4n Σ in·out flops (2n in·out in the first layer).
  ///
  /// - Returns: one entry for each example, in order; the loss's error signals are gone afterwards.
  package func logitsWithGradientNorms(
    parameters: UnsafePointer<Double>
  ) -> [(logit: Double, squaredNorm: Double)] {
    _ = forward(parameters)
    let last = shape.layerCount - 1
    var norms = [Double](repeating: 0, count: count)
    func squares(_ values: UnsafePointer<Double>, row: Int, width: Int) -> Double {
      (0..<width).reduce(0) { $0 + values[row * width + $1] * values[row * width + $1] }
    }
    for i in 0..<count { errors[last][i] = 1 }
    for layer in stride(from: last, through: 0, by: -1) {
      let input = layerInput(layer)
      for row in 0..<count {
        norms[row] +=
          squares(errors[layer], row: row, width: shape.widths[layer + 1])
          * (squares(input, row: row, width: shape.widths[layer]) + 1)
      }
      if layer > 0 { passErrorsBack(through: layer, parameters) }
    }
    return (0..<count).map { (outputs[last][$0], norms[$0]) }
  }

  /// What layer `layer` takes.
  func layerInput(_ layer: Int) -> UnsafePointer<Double> {
    UnsafePointer(layer > 0 ? outputs[layer - 1] : inputs)
  }

  private func forward(_ parameters: UnsafePointer<Double>) -> Double {
    let last = shape.layerCount - 1
    for layer in 0...last {
      let (fanIn, fanOut) = (shape.widths[layer], shape.widths[layer + 1])
      let output = outputs[layer]
      multiplyAccumulate(
        count, fanOut, fanIn, layerInput(layer), leadingDimension: fanIn, .asStored,
        parameters + weightStarts[layer], leadingDimension: fanIn, .transposed,
        into: output, leadingDimension: fanOut)
      let biases = parameters + biasStarts[layer]
      for row in 0..<count {
        for column in 0..<fanOut {
          let sum = output[row * fanOut + column] + biases[column]
          // Written so that a NaN stays NaN.
          output[row * fanOut + column] = layer < last && 0 > sum ? 0 : sum
        }
      }
    }
    // As SigmoidCrossEntropy has it, in Float64.
    var sum = 0.0
    for i in 0..<count {
      let z = outputs[last][i]
      sum += (z < 0 ? 0 : z) - labels[i] * z + log1p(exp(-abs(z)))
    }
    return sum / Double(count)
  }

  /// σ(z), without overflow.
  package static func sigmoid(_ z: Double) -> Double {
    let e = exp(-abs(z))
    return z < 0 ? e / (1 + e) : 1 / (1 + e)
  }

  /// Sets a value to zero where the rectified output is zero (ReLU'(0) = 0).
  static func zeroWhereInactive(
    _ values: UnsafeMutablePointer<Double>, _ outputs: UnsafePointer<Double>, count: Int
  ) {
    let (raw, sources) = (UnsafeMutableRawPointer(values), UnsafeRawPointer(outputs))
    let zero = SIMD8<Double>.zero
    for start in stride(from: 0, through: count - 8, by: 8) {
      let offset = 8 * start
      let inactive = sources.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self) .== zero
      let kept = raw.loadUnaligned(fromByteOffset: offset, as: SIMD8<Double>.self)
      raw.storeBytes(
        of: kept.replacing(with: zero, where: inactive), toByteOffset: offset, as: SIMD8<Double>.self)
    }
    for i in count / 8 * 8..<count where outputs[i] == 0 { values[i] = 0 }
  }

  static func columnSums(
    _ values: UnsafePointer<Double>, rows: Int, columns: Int, into target: UnsafeMutablePointer<Double>
  ) {
    for column in 0..<columns { target[column] = 0 }
    for row in 0..<rows {
      for column in 0..<columns { target[column] += values[row * columns + column] }
    }
  }
}
