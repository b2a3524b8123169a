package import LinearAlgebra
package import Optimisers

/// What carries out a ``LayerProgram``: it holds a network, and trains, climbs and evaluates it on images.
///
/// Parameters, gradients, activations, the optimiser's memory, the box of an ascent and the images lie in the
/// engine's own memory and layout, which may be on a device that no pointer of the host reaches. What crosses
/// the boundary is row-major Float32 in the program's order, whole arrays at the beginning and the end of the
/// work, and in between the small values of a step: the numbers of its examples, their moves, a rate, a logit
/// an image.
///
/// Equal calls give equal bits on one engine of one machine. What fails only after an engine is made, such as a
/// device that is out of memory, ends the program (``EngineFailure``).
///
/// A class, because it owns that memory. Not to be used by two threads at once.
package protocol ConvolutionEngine: AnyObject {
  /// What is computed.
  var program: LayerProgram { get }
  /// The most images in a batch.
  var capacity: Int { get }

  /// All parameters, in the program's order. Each access copies them.
  var parameters: [Float] { get set }
  /// Whether every parameter is a finite number.
  var hasFiniteParameters: Bool { get }
  /// The running mean and variance of each normalisation, in the program's order.
  var statistics: [Float] { get set }

  /// Takes images, row-major `[n, C · H · W]`, and their n labels, 0 or 1, into the engine's memory. They
  /// stay there as long as what is returned.
  func hold(_ images: Matrix<Float>, labels: [Float]) -> ResidentImages

  /// The logits of held images in evaluation mode, a batch of at most ``capacity`` after the other.
  func logits(of images: ResidentImages, _ range: Range<Int>) -> [Float]
  /// The inputs of the last linear layer, shape `[range.count, featureCount]`, in evaluation mode.
  func features(of images: ResidentImages, _ range: Range<Int>) -> [Float]
  /// Takes a sum over networks of products of features into the engine's memory.
  func take(_ sum: GramSum) -> ResidentSum
  /// Adds the features of held images, in evaluation mode, as another term.
  ///
  /// - Parameter isCancelled: asked before each batch.
  /// - Returns: false when cancelled; nothing was added then.
  func add(featuresOf images: ResidentImages, to sum: ResidentSum, isCancelled: () -> Bool) -> Bool
  /// The sum as it is now. Each call copies it.
  func value(of sum: ResidentSum) -> GramSum
  /// The mean cross-entropy of a batch, in nats, and its gradient, in the program's order. Training mode
  /// moves the statistics.
  func gradient(on batch: ImageBatch, mode: NormalisationMode) -> (loss: Double, gradient: [Float])

  /// Begins the steps of a training; `memory`, in the program's order, is what they resume from.
  ///
  /// - Parameters:
  ///   - rule: any but Entropy-SGD, which takes its gradients elsewhere than at the parameters.
  ///   - precision: of these steps alone; one that the engine's factory does not refuse.
  func beginTraining(by rule: OptimiserRule, precision: TrainingPrecision, resuming memory: OptimiserMemory?)
  /// One step of the training on the mean cross-entropy of a batch, batch norm in training mode.
  func train(on batch: ImageBatch)
  /// What the optimiser keeps from step to step, in the program's order. Each access copies it.
  var optimiserMemory: OptimiserMemory { get }

  /// Begins an ascent in the ``ParameterBox`` of relative half-width ζ around the parameters.
  func beginAscent(halfWidth zeta: Double)
  /// parameters ← parameters + rate · ∂(mean cross-entropy of a batch)/∂parameters, batch norm in evaluation
  /// mode, and then clipped to the box.
  func climb(on batch: ImageBatch, rate: Float)
  /// Frees the box.
  func endAscent()

  /// Waits until everything asked for is done. Nothing on the host, where each call ends with its work.
  func finish()
}

extension ConvolutionEngine {
  package func finish() {}

  package var hasFiniteParameters: Bool { parameters.allSatisfy(\.isFinite) }

  /// The mean cross-entropy of held images in evaluation mode, in nats, and how many answers are right.
  package func score(_ images: ResidentImages, _ range: Range<Int>) -> (loss: Double, correct: Int) {
    let logits = logits(of: images, range)
    return images.labels.withUnsafeBufferPointer { labels in
      guard let start = labels.baseAddress, !range.isEmpty else { return (.nan, 0) }
      let y = start + range.lowerBound
      return logits.withUnsafeBufferPointer { logits in
        (
          SigmoidCrossEntropy.mean(logits: logits, labels: y),
          (0..<logits.count).count { (logits[$0] >= 0) == (y[$0] == 1) }
        )
      }
    }
  }
}
