package import LinearAlgebra
package import Optimisers
import RandomStreams

/// An engine whose memory is the host's: it provides the passes over a batch, and the rest of
/// ``ConvolutionEngine`` follows.
///
/// `memory` is in an order of the engine's own, padded where it likes: an optimiser and a box treat every
/// parameter alike, and work on it in place. Padding is zero in parameters and gradient and stays so.
package protocol HostEngine: ConvolutionEngine {
  /// Parameters, gradient, and what the steps keep.
  var memory: HostMemory { get }

  /// Takes one value a parameter, in the program's order, into memory ordered as the parameters.
  func load(_ values: [Float], into target: UnsafeMutableBufferPointer<Float>)
  /// Values ordered as the parameters, brought into the program's order.
  func stored(_ values: UnsafeMutableBufferPointer<Float>) -> [Float]

  /// A pass over `count` images `[count, C, H, W]`. A backward pass may follow one with `keepsActivations`.
  /// Training mode moves the statistics.
  func forward(
    _ images: UnsafePointer<Float>, count: Int, mode: NormalisationMode, keepsActivations: Bool)
  /// The logits of the last forward pass, `[count]`, there until the next.
  var logits: UnsafePointer<Float> { get }
  /// The features of the last forward pass, `[count, featureCount]`, there until the next.
  var features: UnsafePointer<Float> { get }
  /// Fills the gradient from the loss's derivative by the logits of the last forward pass.
  func backward(logitGradient: UnsafePointer<Float>)
}

extension HostEngine {
  package var parameters: [Float] {
    get { stored(memory.parameters.buffer) }
    set { load(newValue, into: memory.parameters.buffer) }
  }

  package var hasFiniteParameters: Bool { memory.parameters.areFinite }

  package func hold(_ images: Matrix<Float>, labels: [Float]) -> ResidentImages {
    precondition(
      images.columns == program.activations[0].count && labels.count == images.rows,
      "expected \(labels.count) images of \(program.activations[0].count) numbers, got \(images.rows) of \(images.columns)"
    )
    return ResidentImages(
      labels: labels, storage: HostImages(images, shape: program.activations[0]))
  }

  package func logits(of images: ResidentImages, _ range: Range<Int>) -> [Float] {
    var all: [Float] = []
    all.reserveCapacity(range.count)
    forEachBatch(of: images, range) { all.append(contentsOf: UnsafeBufferPointer(start: logits, count: $0)) }
    return all
  }

  package func features(of images: ResidentImages, _ range: Range<Int>) -> [Float] {
    let width = program.featureCount
    var all: [Float] = []
    all.reserveCapacity(range.count * width)
    forEachBatch(of: images, range) {
      all.append(contentsOf: UnsafeBufferPointer(start: features, count: $0 * width))
    }
    return all
  }

  package func take(_ sum: GramSum) -> ResidentSum { ResidentSum(storage: HostSum(sum)) }

  package func value(of sum: ResidentSum) -> GramSum { HostSum.held(sum).value }

  package func add(
    featuresOf images: ResidentImages, to sum: ResidentSum, isCancelled: () -> Bool
  ) -> Bool {
    let width = program.featureCount
    var elements: [Float] = []
    elements.reserveCapacity(images.count * width)
    for start in stride(from: 0, to: images.count, by: capacity) {
      if isCancelled() { return false }
      elements += features(of: images, start..<min(start + capacity, images.count))
    }
    HostSum.held(sum).value.add(Matrix(rows: images.count, columns: width, elements: elements))
    return true
  }

  package func gradient(
    on batch: ImageBatch, mode: NormalisationMode
  ) -> (loss: Double, gradient: [Float]) {
    takeGradient(on: batch, mode: mode)
    let labels = batch.examples.map { batch.images.labels[$0] }
    let logits = UnsafeBufferPointer(start: logits, count: labels.count)
    return (SigmoidCrossEntropy.mean(logits: logits, labels: labels), stored(memory.gradient.buffer))
  }

  package func beginTraining(
    by rule: OptimiserRule, precision: TrainingPrecision, resuming state: OptimiserMemory?
  ) {
    if case .entropySGD = rule { preconditionFailure("expected a rule with gradients at the parameters") }
    precondition(precision == .float32, "expected a training in Float32, got \(precision)")
    // Freed before the next arrays are made, each as large as the network.
    (memory.optimiser, memory.box) = (nil, nil)
    // Without a Langevin step no random number is drawn, whatever the key.
    let optimiser = GradientStep(
      rule, parameterCount: memory.parameters.buffer.count, key: RandomKey(seed: 0))
    if let state {
      optimiser.resume(
        state.mapArrays { values in
          let target = AlignedFloats(count: memory.parameters.buffer.count)
          return withExtendedLifetime(target) {
            load(values, into: target.buffer)
            return Array(target.buffer)
          }
        })
    }
    memory.optimiser = optimiser
  }

  package func train(on batch: ImageBatch) {
    takeGradient(on: batch, mode: .training)
    memory.train()
  }

  package var optimiserMemory: OptimiserMemory {
    guard let optimiser = memory.optimiser else {
      preconditionFailure("expected a training, which none began")
    }
    return optimiser.memory.mapArrays { values in
      let source = AlignedFloats(values)
      return withExtendedLifetime(source) { stored(source.buffer) }
    }
  }

  package func beginAscent(halfWidth zeta: Double) {
    // The optimiser's memory stays: the training that led here may still be asked for it.
    memory.box = nil
    memory.box = ParameterBox(around: Array(memory.parameters.buffer), halfWidth: zeta)
  }

  package func endAscent() { memory.box = nil }

  package func climb(on batch: ImageBatch, rate: Float) {
    takeGradient(on: batch, mode: .evaluation)
    memory.climb(rate: rate)
  }

  private func forEachBatch(of images: ResidentImages, _ range: Range<Int>, _ body: (Int) -> Void) {
    let held = HostImages.held(images)
    for start in stride(from: range.lowerBound, to: range.upperBound, by: capacity) {
      let size = min(capacity, range.upperBound - start)
      held.withImages(from: start) {
        forward($0, count: size, mode: .evaluation, keepsActivations: false)
      }
      body(size)
    }
  }

  private func takeGradient(on batch: ImageBatch, mode: NormalisationMode) {
    let count = batch.examples.count
    precondition((1...capacity).contains(count), "expected 1 to \(capacity) images, got \(count)")
    let (images, labels, errors) = memory.batch(capacity: capacity, imageSize: program.activations[0].count)
    HostImages.held(batch.images).gather(batch, into: images)
    for (position, example) in batch.examples.enumerated() { labels[position] = batch.images.labels[example] }
    forward(images, count: count, mode: mode, keepsActivations: true)
    SigmoidCrossEntropy.gradientOfMean(
      logits: UnsafeBufferPointer(start: logits, count: count), labels: labels, into: errors)
    backward(logitGradient: errors)
  }
}
