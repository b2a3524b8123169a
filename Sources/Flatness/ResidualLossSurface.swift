import NeuralNetworks
import RandomStreams

/// The loss over S of a residual network, batch norm in evaluation mode throughout, in the memory of an
/// engine.
final class ResidualLossSurface: LossSurface {
  private let engine: any ConvolutionEngine
  private let images: ResidentImages
  private let count: Int
  private let batches: Minibatches

  /// - Parameters:
  ///   - images: S are the first `count` of them.
  init(
    network: ResidualNetwork, images: ResidentImages, count: Int, batchSize: Int, key: RandomKey,
    workspace: ResidualWorkspace
  ) {
    engine = workspace.engine
    self.images = images
    self.count = count
    batches = Minibatches(
      count: count, batchSize: min(batchSize, engine.capacity), order: .shuffled, key: key)
    workspace.network = network
  }

  deinit { engine.endAscent() }

  var stepsPerEpoch: Int { batches.batchCount }
  var hasFiniteParameters: Bool { engine.hasFiniteParameters }

  /// Ordered as the network's.
  var parameters: [Float] { engine.parameters }

  /// Moves to where so many steps led an ascent before.
  func resume(at parameters: [Float], steps: Int) {
    engine.parameters = parameters
    batches.skip(batches: steps)
  }

  func loss() -> Double { engine.score(images, 0..<count).loss }

  func setBox(halfWidth zeta: Double) { engine.beginAscent(halfWidth: zeta) }

  func climbOneEpoch(rate: Float, isCancelled: () -> Bool, afterStep: () -> Void) {
    var isUnfinished = false
    batches.forEachInNextEpoch { examples in
      isUnfinished = isUnfinished || isCancelled()
      if isUnfinished { return }
      engine.climb(on: ImageBatch(of: images, Array(examples)), rate: rate)
      afterStep()
    }
  }
}
