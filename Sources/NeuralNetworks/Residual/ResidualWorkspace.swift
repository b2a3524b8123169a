import LinearAlgebra

/// A residual network in the memory of an engine: its logits, loss and gradients over batches of images.
///
/// Everything but the convolutional part, which the engine carries out, and which costs nearly all of the
/// time. A class because it owns the engine; made once for a batch size, it serves one network after another.
package final class ResidualWorkspace {
  /// The layers.
  package let shape: ResidualShape
  private let engine: any ConvolutionEngine
  private let logitBuffer: AlignedFloats
  private let errorBuffer: AlignedFloats
  private let featureGradient: AlignedFloats

  /// The workspace of networks of this shape on `engine`, whose program is the shape's.
  package init(shape: ResidualShape, engine: any ConvolutionEngine) {
    precondition(engine.program == shape.program, "expected an engine for this network's program")
    self.shape = shape
    self.engine = engine
    logitBuffer = AlignedFloats(count: engine.capacity)
    errorBuffer = AlignedFloats(count: engine.capacity)
    featureGradient = AlignedFloats(count: engine.capacity * shape.program.featureCount)
  }

  /// The most images in a batch.
  package var capacity: Int { engine.capacity }

  /// The parameters in the engine's order, for who changes them all alike.
  package var parameters: UnsafeMutableBufferPointer<Float> { engine.parameters }

  /// The last gradient, in the order of ``parameters``.
  package var gradient: UnsafeMutableBufferPointer<Float> { engine.gradient }

  /// The network in the engine's memory.
  package var network: ResidualNetwork {
    get {
      ResidualNetwork(
        shape: shape, parameters: stored(parameters), statistics: engine.statistics)
    }
    set {
      precondition(newValue.shape == shape, "expected a network of this workspace's shape")
      load(newValue.parameters, into: parameters)
      engine.statistics = newValue.statistics
    }
  }

  /// The last gradient, ordered as ``ResidualNetwork/parameters``.
  package func storedGradient() -> [Float] { stored(gradient) }

  /// Takes one value a parameter, ordered as ``ResidualNetwork/parameters``, into memory ordered as
  /// ``parameters`` and as large.
  package func load(_ values: [Float], into target: UnsafeMutableBufferPointer<Float>) {
    engine.load(values, into: target)
  }

  /// Values ordered as ``parameters``, brought into the order of ``ResidualNetwork/parameters``.
  package func stored(_ values: UnsafeMutableBufferPointer<Float>) -> [Float] { engine.stored(values) }

  /// The gradient of the mean cross-entropy of a batch into ``gradient``.
  ///
  /// - Parameters:
  ///   - images: row-major, `[count, C, H, W]`.
  ///   - labels: 0 or 1, length `count`.
  ///   - mode: training mode moves the running statistics.
  /// - Returns: the mean cross-entropy of the batch, in nats, before any step.
  @discardableResult
  package func takeGradient(
    images: UnsafePointer<Float>, labels: UnsafePointer<Float>, count: Int, mode: NormalisationMode
  ) -> Double {
    let features = engine.features(of: images, count: count, mode: mode, keepsActivations: true)
    let logits = logits(ofFeatures: features, count: count)
    let (errors, n) = (errorBuffer.start, shape.program.featureCount)
    SigmoidCrossEntropy.gradientOfMean(logits: logits, labels: labels, into: errors)
    let head = headStart
    let (weights, headGradient) = (engine.parameters, engine.gradient)
    for j in 0...n { headGradient[head + j] = 0 }
    for i in 0..<count {
      for j in 0..<n {
        headGradient[head + j] += errors[i] * features[i * n + j]
        featureGradient.buffer[i * n + j] = errors[i] * weights[head + j]
      }
      headGradient[head + n] += errors[i]
    }
    engine.backward(featureGradient: featureGradient.start)
    return SigmoidCrossEntropy.mean(logits: logits, labels: labels)
  }

  /// The logits of images `[count, C, H, W]` in evaluation mode, a batch at a time.
  package func logits(_ images: UnsafePointer<Float>, count: Int) -> [Float] {
    var all: [Float] = []
    all.reserveCapacity(count)
    forEachBatchOfFeatures(images, count: count) { features, size in
      all.append(contentsOf: logits(ofFeatures: features, count: size))
    }
    return all
  }

  /// Calls `body` with the pooled features `[size, featureCount]` of each batch of images in evaluation mode.
  package func forEachBatchOfFeatures(
    _ images: UnsafePointer<Float>, count: Int, _ body: (UnsafePointer<Float>, Int) -> Void
  ) {
    for start in stride(from: 0, to: count, by: engine.capacity) {
      let size = min(engine.capacity, count - start)
      body(
        engine.features(
          of: images + start * shape.image.count, count: size, mode: .evaluation, keepsActivations: false),
        size)
    }
  }

  /// Where the logit's weights begin, its bias behind them.
  private var headStart: Int { engine.parameters.count - shape.program.featureCount - 1 }

  private func logits(
    ofFeatures features: UnsafePointer<Float>, count: Int
  ) -> UnsafeBufferPointer<Float> {
    let (head, n, weights) = (headStart, shape.program.featureCount, engine.parameters)
    for i in 0..<count {
      var sum = weights[head + n]
      for j in 0..<n { sum += weights[head + j] * features[i * n + j] }
      logitBuffer.buffer[i] = sum
    }
    return UnsafeBufferPointer(start: logitBuffer.start, count: count)
  }
}
