package import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The passes through a fully connected network in Float64, over one fixed set of examples.
///
/// For what Float32 is too coarse for: second derivatives, and losses that differ in the eighth digit. Holds
/// the examples, the activations and the error signals, of one network or of some of the same shape, whose
/// passes share the products with the examples. One workspace serves one thread. A loss with its gradient
/// costs 6n Σ in·out flops (4n in·out in the first layer, which passes no error on).
package final class DoublePrecisionWorkspace {
  /// The network's shape.
  package let shape: FullyConnectedShape
  /// The number of examples.
  package let count: Int

  /// The most networks of one pass.
  package let networks: Int

  /// The inputs, shape `[count, widths[0]]`.
  let inputs: UnsafeMutablePointer<Double>
  /// Outputs of each layer, shape `[count, (networks of the pass) · widths[l + 1]]`; the last one holds the
  /// logits.
  let outputs: [UnsafeMutablePointer<Double>]
  /// ∂L/∂(pre-activation) of each layer, the same shapes.
  let errors: [UnsafeMutablePointer<Double>]
  let weightStarts: [Int]
  let biasStarts: [Int]
  private let labels: [Double]
  /// The first layers' weights, or their gradients, of all networks of a pass, one after another; nil where a
  /// pass is of one.
  private let firstLayers: UnsafeMutablePointer<Double>?

  /// Buffers for these examples.
  ///
  /// - Parameters:
  ///   - inputs: shape `[n, widths[0]]`, n > 0.
  ///   - labels: 0 or 1, length n.
  ///   - networks: the most networks of one pass.
  package convenience init(
    shape: FullyConnectedShape, inputs: Matrix<Float>, labels: [UInt8], networks: Int = 1
  ) {
    self.init(shape: shape, inputs: inputs.inDoublePrecision, labels: labels, networks: networks)
  }

  /// The same for inputs in Float64.
  init(shape: FullyConnectedShape, inputs: Matrix<Double>, labels: [UInt8], networks: Int = 1) {
    precondition(networks > 0, "expected at least one network")
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
    self.networks = networks
    firstLayers = networks > 1 ? Self.buffer(networks * shape.weightRange(0).count) : nil
    let rows = networks * inputs.rows
    outputs = shape.widths.dropFirst().map { Self.buffer(rows * $0) }
    errors = shape.widths.dropFirst().map { Self.buffer(rows * $0) }
    weightStarts = (0..<shape.layerCount).map { shape.weightRange($0).lowerBound }
    biasStarts = (0..<shape.layerCount).map { shape.biasRange($0).lowerBound }
  }

  deinit {
    inputs.deallocate()
    firstLayers?.deallocate()
    for buffer in outputs + errors { buffer.deallocate() }
  }

  /// `count` zeros that begin where a line of memory does: of rows that fill whole lines no vector lies across
  /// two.
  static func buffer(_ count: Int) -> UnsafeMutablePointer<Double> {
    let buffer = UnsafeMutableRawPointer.allocate(
      byteCount: count * MemoryLayout<Double>.stride, alignment: 64)
    return buffer.initializeMemory(as: Double.self, repeating: 0, count: count)
  }

  /// The mean sigmoid cross-entropy L of the examples, in nats; `gradient` ← ∂L/∂parameters.
  ///
  /// Both arrays are in the order of ``FullyConnectedShape`` and do not overlap.
  package func lossAndGradient(
    parameters: UnsafePointer<Double>, gradient: UnsafeMutablePointer<Double>
  ) -> Double {
    lossesAndGradients(ofNetworks: 1, parameters: parameters, gradients: gradient)[0]
  }

  /// The losses of k networks whose parameters stand one after another, and in the same way their
  /// gradients.
  package func lossesAndGradients(
    ofNetworks k: Int, parameters: UnsafePointer<Double>, gradients: UnsafeMutablePointer<Double>
  ) -> [Double] {
    precondition((1...networks).contains(k), "expected 1 to \(networks) networks, got \(k)")
    let losses = forward(parameters, networks: k)
    let last = shape.layerCount - 1
    for i in 0..<count {
      for j in 0..<k {
        let logit = outputs[last][i * k + j]
        errors[last][i * k + j] = (Self.sigmoid(logit) - labels[i]) / Double(count)
      }
    }
    let size = shape.parameterCount
    for layer in stride(from: last, through: 0, by: -1) {
      let (fanIn, fanOut) = (shape.widths[layer], shape.widths[layer + 1])
      let start = weightStarts[layer]
      if layer > 0 { passErrorsBack(through: layer, parameters, networks: k) }
      if layer == 0 {
        let target = k > 1 ? firstLayers ?? gradients : gradients + start
        multiplyAccumulate(
          k * fanOut, fanIn, count, errors[0], leadingDimension: k * fanOut, .transposed,
          inputs, leadingDimension: fanIn, .asStored, into: target, leadingDimension: fanIn)
        if k > 1 {
          for j in 0..<k {
            (gradients + j * size + start).update(from: target + j * fanIn * fanOut, count: fanIn * fanOut)
          }
        }
      }
      for j in 0..<k {
        let gradient = gradients + j * size
        if layer > 0 {
          multiplyAccumulate(
            fanOut, fanIn, count, errors[layer] + j * fanOut, leadingDimension: k * fanOut, .transposed,
            layerInput(layer) + j * fanIn, leadingDimension: k * fanIn, .asStored,
            into: gradient + start, leadingDimension: fanIn)
        }
        Self.columnSums(
          errors[layer] + j * fanOut, rows: count, columns: fanOut, leadingDimension: k * fanOut,
          into: gradient + biasStarts[layer])
      }
    }
    return losses
  }

  /// errors[layer − 1] ← errors[layer] Wˡ, 0 where the unit is off.
  func passErrorsBack(through layer: Int, _ parameters: UnsafePointer<Double>, networks k: Int) {
    let (fanIn, fanOut) = (shape.widths[layer], shape.widths[layer + 1])
    for j in 0..<k {
      multiplyAccumulate(
        count, fanIn, fanOut, errors[layer] + j * fanOut, leadingDimension: k * fanOut, .asStored,
        parameters + j * shape.parameterCount + weightStarts[layer], leadingDimension: fanIn, .asStored,
        into: errors[layer - 1] + j * fanIn, leadingDimension: k * fanIn)
    }
    Self.zeroWhereInactive(errors[layer - 1], outputs[layer - 1], count: count * k * fanIn)
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
    _ = forward(parameters, networks: 1)
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
      if layer > 0 { passErrorsBack(through: layer, parameters, networks: 1) }
    }
    return (0..<count).map { (outputs[last][$0], norms[$0]) }
  }

  /// What layer `layer` takes.
  func layerInput(_ layer: Int) -> UnsafePointer<Double> {
    UnsafePointer(layer > 0 ? outputs[layer - 1] : inputs)
  }

  /// The mean loss of each network.
  func forward(_ parameters: UnsafePointer<Double>, networks k: Int) -> [Double] {
    let (last, size) = (shape.layerCount - 1, shape.parameterCount)
    for layer in 0...last {
      let (fanIn, fanOut) = (shape.widths[layer], shape.widths[layer + 1])
      let (output, start) = (outputs[layer], weightStarts[layer])
      if layer == 0 {
        var weights = parameters + start
        if k > 1, let firstLayers {
          for j in 0..<k {
            (firstLayers + j * fanIn * fanOut).update(
              from: parameters + j * size + start, count: fanIn * fanOut)
          }
          weights = UnsafePointer(firstLayers)
        }
        multiplyAccumulate(
          count, k * fanOut, fanIn, inputs, leadingDimension: fanIn, .asStored,
          weights, leadingDimension: fanIn, .transposed, into: output, leadingDimension: k * fanOut)
      } else {
        for j in 0..<k {
          multiplyAccumulate(
            count, fanOut, fanIn, layerInput(layer) + j * fanIn, leadingDimension: k * fanIn, .asStored,
            parameters + j * size + start, leadingDimension: fanIn, .transposed,
            into: output + j * fanOut, leadingDimension: k * fanOut)
        }
      }
      for row in 0..<count {
        for j in 0..<k {
          let biases = parameters + j * size + biasStarts[layer]
          let units = output + (row * k + j) * fanOut
          for column in 0..<fanOut {
            let sum = units[column] + biases[column]
            // Written so that a NaN stays NaN.
            units[column] = layer < last && 0 > sum ? 0 : sum
          }
        }
      }
    }
    // As SigmoidCrossEntropy has it, in Float64.
    return (0..<k).map { j in
      var sum = 0.0
      for i in 0..<count {
        let z = outputs[last][i * k + j]
        sum += (z < 0 ? 0 : z) - labels[i] * z + log1p(exp(-abs(z)))
      }
      return sum / Double(count)
    }
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
    _ values: UnsafePointer<Double>, rows: Int, columns: Int, leadingDimension: Int,
    into target: UnsafeMutablePointer<Double>
  ) {
    for column in 0..<columns { target[column] = 0 }
    for row in 0..<rows {
      for column in 0..<columns { target[column] += values[row * leadingDimension + column] }
    }
  }
}
