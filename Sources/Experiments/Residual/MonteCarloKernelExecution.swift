import Datasets
import FunctionPriors
import LinearAlgebra
import NeuralNetworks
import Planning
import RandomStreams
import RunStorage
import Specifications

/// Makes the Monte-Carlo kernel over S ∪ E of residual networks, one initialisation after the other, and
/// stores the sum now and then, from which a killed run resumes.
struct MonteCarloKernelExecution {
  let store: KernelStore
  let claims: WorkClaims
  let workspace: ResidualWorkspace
  var isCancelled: @Sendable () -> Bool

  /// The kernel of `settings` over the inputs of `training`.
  ///
  /// Costs M · (|S| + |E|) forward passes. Initialisation m draws from a stream of the seed and m alone, and
  /// is added in order: the sum has the same bits whenever it was interrupted.
  ///
  /// - Parameters:
  ///   - waiting: called where another process makes the kernel, before the wait for it.
  ///   - onDamage: called with a stored sum that cannot be trusted; it is made again from the start.
  ///   - progress: called with the initialisations done, of how many.
  /// - Returns: nil when cancelled; what was done is stored.
  /// - Throws: `StorageError`, `CanonicalJSONError`.
  func kernel(
    _ training: TrainingSpec, entry: DataCatalogue.Entry, settings: PriorSettings,
    waiting: () -> Void, onDamage: (DamagedFile) -> Void, progress: (_ done: Int, _ of: Int) -> Void
  ) throws -> MonteCarloKernel? {
    let identity = MonteCarloKernelIdentity(
      training: training, dataDigest: entry.digest, settings: settings)
    return try claims.holding(try identity.key(), isCancelled: isCancelled, waiting: waiting) { claim in
      var execution = self
      execution.isCancelled = { [isCancelled] in isCancelled() || claim.isLost }
      return try execution.kernel(
        identity, training, entry: entry, settings: settings, onDamage: onDamage, progress: progress)
    }
  }

  /// The kernel once it is claimed.
  private func kernel(
    _ identity: MonteCarloKernelIdentity, _ training: TrainingSpec, entry: DataCatalogue.Entry,
    settings: PriorSettings, onDamage: (DamagedFile) -> Void, progress: (_ done: Int, _ of: Int) -> Void
  ) throws -> MonteCarloKernel? {
    let inputs = entry.split.training.inputs.appendingRows(of: entry.split.test.inputs)
    let wanted = settings.initialisations(points: inputs.rows) ?? 2
    var stored: StoredKernel?
    switch try store.read(try identity.key(), afresh: true) {
    case .found(let kernel): stored = kernel
    case .missing: break
    case .damaged(let damage): onDamage(damage)
    }
    var kernel = MonteCarloKernel(
      count: inputs.rows, weightVariance: settings.weightVariance, biasVariance: settings.biasVariance)
    var seconds = 0.0
    // A sum of more than is wanted cannot be taken back.
    if let stored, stored.count == inputs.rows, stored.initialisations <= wanted {
      kernel = MonteCarloKernel(stored, settings)
      seconds = stored.seconds
    }
    let clock = ContinuousClock()
    var start = clock.now
    func keep() throws {
      seconds += start.duration(to: clock.now).seconds
      start = clock.now
      try store.write(StoredKernel(identity: identity, kernel, seconds: seconds))
    }
    let images = workspace.engine.hold(
      inputs, labels: (entry.split.training.labels + entry.split.test.labels).map(Float.init))
    progress(kernel.initialisations, wanted)
    while kernel.initialisations < wanted {
      guard let features = features(of: images, training, initialisation: kernel.initialisations) else {
        if kernel.initialisations > 0 { try keep() }
        return nil
      }
      kernel.add(features: features)
      progress(kernel.initialisations, wanted)
      let isDue = start.duration(to: clock.now) > .seconds(30)
      if isDue || kernel.initialisations == wanted { try keep() }
    }
    return kernel
  }

  /// The pooled features of one random network, shape `[N, featureCount]`; nil when cancelled.
  private func features(
    of images: ResidentImages, _ training: TrainingSpec, initialisation: Int
  ) -> Matrix<Float>? {
    workspace.network = ResidualNetwork(
      initialising: workspace.shape, weightVariance: training.network.effectiveWeightVariance,
      biasStandardDeviation: training.network.biasStandardDeviation,
      key: RandomKey(seed: training.seed).split("monte-carlo-kernel").split(initialisation))
    let (width, capacity) = (workspace.shape.program.featureCount, workspace.engine.capacity)
    var elements: [Float] = []
    elements.reserveCapacity(images.count * width)
    for start in stride(from: 0, to: images.count, by: capacity) {
      if isCancelled() { return nil }
      elements += workspace.engine.features(of: images, start..<min(start + capacity, images.count))
    }
    return Matrix(rows: images.count, columns: width, elements: elements)
  }
}

extension MonteCarloKernel {
  /// The sum as it was stored.
  init(_ stored: StoredKernel, _ settings: PriorSettings) {
    let n = stored.count
    var sum = Matrix<Double>(rows: n, columns: n)
    var position = 0
    for i in 0..<n {
      for j in 0...i { sum.elements[i * n + j] = stored.triangle[position + j] }
      position += i + 1
    }
    self.init(
      weightVariance: settings.weightVariance, biasVariance: settings.biasVariance,
      initialisations: stored.initialisations, sum: sum, sumOfSquaredNorms: stored.sumOfSquaredNorms)
  }
}

extension StoredKernel {
  /// What is stored of a sum.
  init(identity: MonteCarloKernelIdentity, _ kernel: MonteCarloKernel, seconds: Double) {
    var triangle: [Double] = []
    triangle.reserveCapacity(kernel.count * (kernel.count + 1) / 2)
    for i in 0..<kernel.count { triangle += kernel.sum.elements[i * kernel.count..<i * kernel.count + i + 1] }
    self.init(
      identity: identity, initialisations: kernel.initialisations, count: kernel.count,
      sumOfSquaredNorms: kernel.sumOfSquaredNorms, triangle: triangle, seconds: seconds)
  }
}
