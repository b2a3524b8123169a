import COneDNN
import LinearAlgebra
import NeuralNetworks

/// The memory of an engine: parameters and gradients in oneDNN's layouts, statistics, and the activations and
/// their derivatives for batches of up to `capacity` images, made when they are first asked for.
final class OneDNNStorage {
  let program: LayerProgram
  let capacity: Int
  /// Channels side by side.
  let block: Int
  /// The layout of each convolution's weights.
  let weightLayouts: [OneDNNLayout]
  /// Where the parameters of each operation that has some begin.
  let offsets: [Int]
  let memory: HostMemory
  let statistics: AlignedFloats
  /// The mean and variance of the last batch, ordered as the statistics.
  let batchStatistics: AlignedFloats
  let features: AlignedFloats
  let logits: AlignedFloats
  let scratchpad = OneDNNScratchpad()
  private let context: OneDNNContext
  private var named: [String: AlignedFloats] = [:]
  /// The layout of each convolution's weights for the derivative by its input, once known.
  var backwardWeightLayouts: [Int: OneDNNLayout] = [:]

  init(
    _ context: OneDNNContext, _ program: LayerProgram, capacity: Int, block: Int
  ) throws(ConvolutionEngineError) {
    self.context = context
    self.program = program
    self.capacity = capacity
    self.block = block
    var layouts: [OneDNNLayout] = []
    var offsets: [Int] = []
    var end = 0
    /// 64 bytes, so that every tensor starts on a cache line.
    func append(_ count: Int) {
      offsets.append(end)
      end += (count + 15) / 16 * 16
    }
    for operation in program.operations {
      switch operation {
      case .convolution(let geometry, let input, _):
        let layout = OneDNNLayout.forwardWeights(geometry, ofImage: input == 0, block: block)
        layouts.append(layout)
        append(layout.byteCount / 4)
      case .normalisation(let input, _, _): append(2 * program.activations[input].channels)
      case .shortcut, .averagePool: break
      case .linear: append(program.parameterCount(of: operation))
      }
    }
    weightLayouts = layouts
    self.offsets = offsets
    memory = HostMemory(count: end)
    statistics = AlignedFloats(count: program.statisticCount)
    batchStatistics = AlignedFloats(count: program.statisticCount)
    features = AlignedFloats(count: capacity * program.featureCount)
    logits = AlignedFloats(count: capacity)
  }

  var parameters: AlignedFloats { memory.parameters }
  var gradient: AlignedFloats { memory.gradient }

  /// Memory for `size` numbers an image, the same each time for the same name.
  func buffer(_ name: String, size: Int) -> AlignedFloats {
    if let known = named[name] {
      precondition(
        known.buffer.count >= capacity * size,
        "expected at most \(known.buffer.count) numbers, got \(capacity * size)")
      return known
    }
    let buffer = AlignedFloats(count: capacity * size)
    named[name] = buffer
    return buffer
  }

  /// Memory for `count` numbers, whatever the batch.
  func buffer(_ name: String, count: Int) -> AlignedFloats {
    if let known = named[name] {
      // Primitives hold its place, so that it cannot grow.
      precondition(known.buffer.count == count, "expected \(known.buffer.count) numbers again, got \(count)")
      return known
    }
    let buffer = AlignedFloats(count: count)
    named[name] = buffer
    return buffer
  }

  // The linear layer's sums are taken in order, whatever oneDNN would do: the bits of logits depend on it.

  /// The logits of the first `count` features.
  func takeLogits(count: Int) {
    HostLinearMap(inputs: program.featureCount).forward(
      features.start, count: count, weights: parameters.start + offsets[offsets.count - 1], into: logits.start
    )
  }

  /// The derivatives by the first `count` features from those by their logits, and the linear layer's
  /// gradient.
  func takeFeatureGradient(
    _ logitGradient: UnsafePointer<Float>, count: Int, into featureGradient: UnsafeMutablePointer<Float>
  ) {
    let offset = offsets[offsets.count - 1]
    HostLinearMap(inputs: program.featureCount).backward(
      logitGradient, x: features.start, count: count, weights: parameters.start + offset,
      into: featureGradient, gradient: gradient.start + offset)
  }

  /// The layout of a batch of activations, which are images at the start.
  static func layout(
    _ shape: ActivationShape, isImage: Bool, count: Int, block: Int
  ) -> OneDNNLayout {
    isImage ? .image(shape, count: count) : .activation(shape, count: count, block: block)
  }

  /// Takes one value a parameter, in the program's order, into memory as large as ``parameters``.
  func load(_ values: [Float], into target: UnsafeMutableBufferPointer<Float>) {
    precondition(
      values.count == program.parameterCount,
      "expected \(program.parameterCount) parameters, got \(values.count)")
    let start = start(of: target)
    target.update(repeating: 0)
    values.withUnsafeBufferPointer { plain in
      guard let base = plain.baseAddress else { return }
      forEachTensor { first, count, offset, geometry, layout in
        if let geometry, let layout {
          // A reorder writes to its target alone.
          reorder(
            .plainWeights(geometry), UnsafeMutablePointer(mutating: base + first), layout, start + offset)
        } else {
          (start + offset).update(from: base + first, count: count)
        }
      }
    }
  }

  /// Values ordered as ``parameters``, in the program's order.
  func stored(_ source: UnsafeMutableBufferPointer<Float>) -> [Float] {
    let start = start(of: source)
    return Array(unsafeUninitializedCapacity: program.parameterCount) { plain, initialised in
      guard let base = plain.baseAddress else { return }
      forEachTensor { first, count, offset, geometry, layout in
        if let geometry, let layout {
          reorder(layout, start + offset, .plainWeights(geometry), base + first)
        } else {
          (base + first).update(from: start + offset, count: count)
        }
      }
      initialised = program.parameterCount
    }
  }

  private func start(of values: UnsafeMutableBufferPointer<Float>) -> UnsafeMutablePointer<Float> {
    guard let start = values.baseAddress, values.count == parameters.buffer.count else {
      preconditionFailure("expected \(parameters.buffer.count) numbers, got \(values.count)")
    }
    return start
  }

  private func forEachTensor(
    _ body: (_ start: Int, _ count: Int, _ offset: Int, ConvolutionGeometry?, OneDNNLayout?) -> Void
  ) {
    let (counts, convolutions) = (program.parameterCounts, program.convolutions)
    var (start, convolution, tensor) = (0, 0, 0)
    func next(_ geometry: ConvolutionGeometry?, _ layout: OneDNNLayout?) {
      body(start, counts[tensor], offsets[tensor], geometry, layout)
      start += counts[tensor]
      tensor += 1
    }
    for operation in program.operations {
      switch operation {
      case .convolution:
        next(convolutions[convolution], weightLayouts[convolution])
        convolution += 1
      case .normalisation, .linear: next(nil, nil)
      case .shortcut, .averagePool: break
      }
    }
  }

  private func reorder(
    _ from: OneDNNLayout, _ source: UnsafeMutablePointer<Float>, _ to: OneDNNLayout,
    _ target: UnsafeMutablePointer<Float>
  ) {
    do {
      try OneDNNPrimitive(
        context, .reorder(context, from: from, to: to), scratchpad,
        [
          (DNNL_ARG_FROM, OneDNNMemory(context, from, at: source)),
          (DNNL_ARG_TO, OneDNNMemory(context, to, at: target)),
        ]
      ).run()
    } catch {
      preconditionFailure("expected a reorder between layouts of the same shape: \(error)")
    }
  }
}
