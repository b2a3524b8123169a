import Experiments
import LinearAlgebra
package import NeuralNetworks
import RandomStreams

/// What ResNet-50 takes on an engine, on random images.
package struct EngineSpeed: Sendable {
  /// ResNet-50, but in tests.
  var shape = ResidualShape.resNet50
  private let engine: any EngineFactory
  private let images: Int
  private let batch: Int
  private let seconds: Double

  /// |S| of the paper.
  package static let standardImages = 5000
  /// The images in a training step of the paper.
  package static let standardBatch = 128

  /// - Parameters:
  ///   - images: |S|.
  ///   - batch: the images of a step; at most |S|.
  ///   - seconds: for all measures together. One that has begun is not stopped.
  package init(_ engine: any EngineFactory, images: Int, batch: Int, seconds: Double) {
    precondition((1...images).contains(batch), "expected 1 to \(images) images in a batch, got \(batch)")
    (self.engine, self.images, self.batch, self.seconds) = (engine, images, batch, seconds)
  }

  /// Measures what the time allows.
  ///
  /// - Parameter isCancelled: asked before each reading; what was not read then is nil.
  /// - Throws: `ConvolutionEngineError` where the engine cannot be made.
  package func measure(
    isCancelled: @escaping () -> Bool = { false }
  ) throws(ConvolutionEngineError) -> EngineSpeedAnswer {
    let key = RandomKey(seed: 1)
    let workspace = ResidualWorkspace(
      shape: shape, engine: try engine.engine(for: shape.program, capacity: batch))
    let engine = workspace.engine
    // S, and 2/5 as many images for E, as in the paper.
    let points = images + images * 2 / 5
    let all = Self.randomImages(points, shape.image.count, key)
    let s = engine.hold(
      Matrix(rows: images, columns: all.columns, elements: Array(all.elements.prefix(images * all.columns))),
      labels: (0..<images).map { Float($0 % 2) })
    let step = ImageBatch(of: s, Array(0..<batch))
    let clock = WorkTimer(bound: seconds, finish: engine.finish, isCancelled: isCancelled)

    func begin() {
      workspace.network = ResidualNetwork(
        initialising: shape, biasStandardDeviation: 1, key: key.split("network"))
    }
    begin()
    engine.beginTraining(by: .sgd(learningRate: 1e-3), precision: .float32, resuming: nil)
    let training = clock.median(share: 0.2) { engine.train(on: step) }
    let forward = clock.median(share: 0.3) { _ = engine.score(s, 0..<images) }
    engine.beginAscent(halfWidth: 1e-5)
    // Read inside the step: the loss's own share of it.
    var losses: [Double] = []
    let ascent = clock.median(share: 0.6) {
      engine.climb(on: step, rate: 1e-3)
      engine.finish()
      losses.append(ContinuousClock().measure { _ = engine.score(s, 0..<images) }.seconds)
    }
    engine.endAscent()
    let held = engine.hold(all, labels: [Float](repeating: 0, count: points))
    let sum = engine.take(GramSum(count: points))
    let kernel = clock.median(share: 1) {
      begin()
      _ = engine.add(featuresOf: held, to: sum, isCancelled: { false })
    }
    return EngineSpeedAnswer(
      engine: self.engine.description, images: images, batch: batch, points: points,
      trainingImagesPerSecond: training.map { Double(batch) / $0 },
      forwardImagesPerSecond: forward.map { Double(images) / $0 }, ascentSecondsPerStep: ascent,
      lossShareOfForward: ascent == nil ? nil : forward.map { $0 / losses.sorted()[losses.count / 2] },
      kernelSeconds: kernel,
      deviceBytes: self.engine.deviceBytesInUse)
  }

  /// Standard normals; their values cost nothing, but zeros might.
  private static func randomImages(_ count: Int, _ size: Int, _ key: RandomKey) -> Matrix<Float> {
    var stream = RandomStream(key.split("images"))
    return Matrix(
      rows: count, columns: size, elements: (0..<count * size).map { _ in Float(stream.nextNormal()) })
  }
}

/// What `plateau engines --speed --json` prints; a measure for which the time was over is absent.
package struct EngineSpeedAnswer: Encodable, Sendable {
  /// What the engine is.
  package let engine: String
  /// |S|, the images of a step, and the images of the kernel.
  package let images: Int
  package let batch: Int
  package let points: Int
  /// Of training steps by SGD.
  package let trainingImagesPerSecond: Double?
  /// Of the mean loss over S, in the batches that the engine chooses.
  package let forwardImagesPerSecond: Double?
  /// Of a step of an ascent and the loss over S after it.
  package let ascentSecondsPerStep: Double?
  /// The rate of the loss in such a step, over that of the forward pass.
  package let lossShareOfForward: Double?
  /// Of one initialisation of the Monte-Carlo kernel: a network, its features, their products.
  package let kernelSeconds: Double?
  /// In use on the GPU at the end, by all that runs there; libtorch keeps what it took.
  package let deviceBytes: Int?
}
