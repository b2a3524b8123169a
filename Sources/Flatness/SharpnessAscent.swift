package import LinearAlgebra
package import NeuralNetworks
package import RandomStreams

/// Sharpness by stochastic gradient ascent on the cross-entropy over S, clipped to the box after every step.
///
/// The maximum is taken over the loss on all of S, at the centre and after every step: the published code's
/// choice, since an ascent by minibatches does not climb steadily. Costs epochs · ⌈|S|/batch⌉ steps, each
/// with one pass over S, which is most of it; where most inputs are zero, it costs the others alone.
///
/// In Float32, but for fully connected networks in boxes smaller than ``smallestInSinglePrecision``: Float32
/// numbers near 1 lie 10⁻⁷ apart, so that a box of 10⁻⁸ holds none but its centre.
package struct SharpnessAscent: Sendable, Equatable {
  /// ζ, the relative half-width of the box.
  package let box: Double
  /// Examples a step.
  package let batchSize: Int
  /// The learning rate of the ascent.
  package let learningRate: Double
  /// Passes over S.
  package let epochs: Int

  /// Smaller boxes, relative half-widths ζ, are searched in Float64.
  package static let smallestInSinglePrecision = 1e-5

  /// A row of the paper's Table 1.
  package init(box: Double, batchSize: Int, learningRate: Double, epochs: Int) {
    self.box = box
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.epochs = epochs
  }

  /// The sharpness of `network` on S.
  ///
  /// - Parameters:
  ///   - inputs: S, shape `[n, d]`.
  ///   - labels: 0 or 1, length n.
  ///   - key: the stream of the minibatches' permutations.
  ///   - keepsTrace: whether to keep the largest loss so far after every step.
  ///   - isCancelled: asked once an epoch.
  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` or ``FlatnessError/cancelled(epoch:)``.
  package func sharpness(
    of network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8], key: RandomKey,
    keepsTrace: Bool = false, isCancelled: () -> Bool = { false }
  ) throws(FlatnessError) -> SharpnessEstimate {
    precondition(labels.count == inputs.rows, "expected \(inputs.rows) labels, got \(labels.count)")
    let support = InputSupport(of: inputs)
    let (compact, inputs) = (support.compacted(network), support.compacted(inputs))
    let surface: any LossSurface =
      box < Self.smallestInSinglePrecision
      ? DoublePrecisionLossSurface(
        network: compact, inputs: inputs, labels: labels, batchSize: batchSize, key: key)
      : FullyConnectedLossSurface(
        network: compact, inputs: inputs, labels: labels.map(Float.init), batchSize: batchSize, key: key)
    surface.setBox(halfWidth: box)
    return try climb(surface, keepsTrace: keepsTrace, isCancelled: isCancelled)
  }

  /// The sharpness of a residual network on S, batch norm in evaluation mode throughout; the box holds all
  /// its parameters, batch norms' included, and not the running statistics.
  ///
  /// - Parameters:
  ///   - images: what the workspace's engine holds; S are the first `count` of them.
  ///   - workspace: where the ascent is carried out; the network that it held is gone.
  ///   - key: the stream of the minibatches' permutations.
  ///   - state: of the same ascent, to resume from.
  ///   - isCancelled: asked before every step.
  ///   - afterStep: called after every step with the share of the steps that are done, and with a function
  ///     that gives the state to resume from, which copies the parameters.
  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` or ``FlatnessError/cancelled(epoch:)``.
  package func sharpness(
    of network: ResidualNetwork, images: ResidentImages, count: Int, workspace: ResidualWorkspace,
    key: RandomKey, keepsTrace: Bool = false, resuming state: SharpnessAscentState? = nil,
    isCancelled: () -> Bool = { false },
    afterStep: (_ share: Double, _ state: () -> SharpnessAscentState) -> Void = { _, _ in }
  ) throws(FlatnessError) -> SharpnessEstimate {
    precondition(
      (1...max(images.count, 1)).contains(count), "expected 1 to \(images.count) images, got \(count)")
    let surface = ResidualLossSurface(
      network: network, images: images, count: count, batchSize: batchSize, key: key, workspace: workspace)
    surface.setBox(halfWidth: box)
    var search: Search?
    if let state {
      surface.resume(at: state.parameters, steps: state.steps)
      search = Search(state)
    }
    return try climb(
      surface, resuming: search, keepsTrace: keepsTrace, isCancelled: isCancelled
    ) { search in
      // The state of a loss that is not finite is of no use.
      guard search.failedStep == nil else { return }
      afterStep(Double(search.steps) / Double(epochs * surface.stepsPerEpoch)) {
        SharpnessAscentState(
          steps: search.steps, parameters: surface.parameters, loss: search.centre,
          maximumLoss: search.maximum, trace: search.trace)
      }
    }
  }

  private func climb(
    _ surface: any LossSurface, resuming: Search? = nil, keepsTrace: Bool, isCancelled: () -> Bool,
    afterStep: (Search) -> Void = { _ in }
  ) throws(FlatnessError) -> SharpnessEstimate {
    var search: Search
    if let resuming { search = resuming } else { search = try start(surface, keepsTrace: keepsTrace) }
    for epoch in search.steps / surface.stepsPerEpoch..<epochs {
      if isCancelled() { throw .cancelled(epoch: epoch) }
      surface.climbOneEpoch(rate: Float(learningRate), isCancelled: isCancelled) {
        search.record(surface.loss(), keepsTrace: keepsTrace)
        afterStep(search)
      }
      if let step = search.failedStep { throw .lossNotFinite(step: step) }
    }
    if isCancelled() { throw .cancelled(epoch: epochs) }
    return SharpnessEstimate(
      loss: search.centre, maximumLoss: search.maximum, epochs: epochs, trace: search.trace)
  }

  /// The search at the centre of the box.
  private func start(
    _ surface: any LossSurface, keepsTrace: Bool
  ) throws(FlatnessError) -> Search {
    let centre = surface.loss()
    // A weight of −∞ that only meets zeros and a ReLU would leave a finite loss behind on sparse inputs.
    guard centre.isFinite, surface.hasFiniteParameters else { throw .lossNotFinite(step: 0) }
    return Search(centre: centre, trace: keepsTrace ? [centre] : [])
  }

  /// The losses so far: at the centre, the largest, and the first step whose loss was no number.
  private struct Search {
    let centre: Double
    var maximum: Double
    var trace: [Double]
    var steps = 0
    var failedStep: Int?

    mutating func record(_ loss: Double, keepsTrace: Bool) {
      steps += 1
      if !loss.isFinite && failedStep == nil { failedStep = steps }
      if loss > maximum { maximum = loss }
      if keepsTrace { trace.append(maximum) }
    }

    init(centre: Double, trace: [Double]) {
      (self.centre, maximum) = (centre, centre)
      self.trace = trace
    }

    init(_ state: SharpnessAscentState) {
      (centre, maximum) = (state.loss, state.maximumLoss)
      (steps, trace) = (state.steps, state.trace)
    }
  }
}
