package import LinearAlgebra
package import NeuralNetworks

/// Sharpness by L-BFGS-B on the loss on all of S, as Keskar et al. (2016) first computed it; the paper's
/// Appendix E compares with it.
///
/// The search runs in the box's coordinates u ∈ [−1, 1]ⁿ, 0 at the centre, and maximises a multiple of L − L(w) for which |∂/∂u| at the centre is 1000 in the mean. The scale matters.
/// Where the loss curves upwards L-BFGS-B learns no curvature and moves by the gradient as it is: such a step
/// here ends at the walls, where the maximum of a convex function is. In w itself it moves by a fraction of
/// the box, and 1000 iterations of a trained network found half of what 6 find here; also, no component of
/// the projected gradient would be larger than the box, which the library's own tolerance takes for an end.
/// All is in Float64: the losses in a box of ζ = 1e-4 may differ in the eighth digit.
///
/// The search ends after ``maximumIterations``, when an iteration gains less than 1e-9 of what was gained
/// before, or when the line search finds nothing more. It finds a local maximum: 6 to 30 iterations on
/// networks of the paper's size, each of one or two losses with gradients over S and some 100 · n flops.
package struct QuasiNewtonSharpness: Sendable, Equatable {
  /// ζ, the relative half-width of the box.
  package let box: Double
  /// Iterations after which the search ends at the latest.
  package let maximumIterations: Int
  /// How many steps L-BFGS-B remembers.
  package static let memory = 10

  private static let relativeGain = 1e-9
  private static let meanSlope = 1000.0

  /// A search in a box of relative half-width ζ = `box`.
  package init(box: Double, maximumIterations: Int = 100) {
    precondition(box > 0, "expected a positive box, got \(box)")
    precondition(maximumIterations > 0, "expected at least 1 iteration, got \(maximumIterations)")
    self.box = box
    self.maximumIterations = maximumIterations
  }

  /// The sharpness of `network` on S. The estimate's `epochs` are the iterations of the search, each of which
  /// sees S at least once; its trace holds the largest loss at the centre and after each iteration.
  ///
  /// - Parameters:
  ///   - inputs: S, shape `[n, d]`.
  ///   - labels: 0 or 1, length n.
  ///   - keepsTrace: whether to keep the largest loss so far after every iteration.
  ///   - isCancelled: asked once an iteration.
  /// - Throws: ``FlatnessError/lossNotFinite(step:)`` (the step counts iterations) or
  ///   ``FlatnessError/searchCancelled(iteration:)``.
  package func sharpness(
    of network: FullyConnectedNetwork, inputs: Matrix<Float>, labels: [UInt8], keepsTrace: Bool = false,
    isCancelled: () -> Bool = { false }
  ) throws(FlatnessError) -> SharpnessEstimate {
    try maximise(
      LossInBox(around: network, inputs: inputs, labels: labels, halfWidth: box), keepsTrace: keepsTrace,
      isCancelled: isCancelled
    ).estimate
  }

  /// What a search found.
  struct Maximum {
    let estimate: SharpnessEstimate
    /// Where it ended.
    let position: [Double]
    /// ∂L/∂u at the centre.
    let centreGradient: [Double]
  }

  /// The search for the largest value of `loss`.
  func maximise(
    _ loss: LossInBox, keepsTrace: Bool = false, isCancelled: () -> Bool
  ) throws(FlatnessError) -> Maximum {
    let start = [Double](repeating: 0, count: loss.count)
    var gradient = start
    let centre = loss.value(at: start, gradient: &gradient)
    guard centre.isFinite else { throw .lossNotFinite(step: 0) }
    let centreGradient = gradient
    let slope = gradient.reduce(0) { $0 + abs($1) }
    let scale = slope > 0 ? Self.meanSlope * Double(start.count) / slope : 1

    var maximum = centre
    var trace = keepsTrace ? [centre] : []
    var iteration = 0
    var value = 0.0
    var step = QuasiNewtonStep(start: start, memory: Self.memory, relativeGain: Self.relativeGain)
    search: while iteration < maximumIterations {
      switch step.advance(value: &value, gradient: &gradient) {
      case .evaluation:
        let here = loss.value(at: step.position, gradient: &gradient)
        guard here.isFinite else { throw .lossNotFinite(step: iteration + 1) }
        maximum = max(maximum, here)
        // L-BFGS-B looks for minima.
        value = -(here - centre) * scale
        for i in gradient.indices { gradient[i] *= -scale }
      case .nextIteration:
        iteration += 1
        if keepsTrace { trace.append(maximum) }
        if isCancelled() { throw .searchCancelled(iteration: iteration) }
      case .end:
        break search
      }
    }
    return Maximum(
      estimate: SharpnessEstimate(loss: centre, maximumLoss: maximum, epochs: iteration, trace: trace),
      position: step.position, centreGradient: centreGradient)
  }
}
