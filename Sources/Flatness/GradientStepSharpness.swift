/// How much the loss on S rises by one step along its gradient: the sharpness of sharpness-aware minimisation
/// (Foret et al. 2021), and its adaptive form (Kwon et al. 2021).
///
/// With g the gradient of the mean cross-entropy L on S with respect to all parameters w, weights and biases
/// alike,
///
///     L(w + ε) − L(w),   ε = ρ T²g / ‖T g‖₂,
///
/// T the identity, or in the adaptive form T = diag(|w| + η). To first order ε is the worst step of its
/// length ‖T⁻¹ε‖₂ = ρ. Where the gradient is zero, so is the value.
///
/// The plain form is not invariant to rescaling, of layers or of neurons; the adaptive one is for η = 0, and
/// with η > 0 only as far as η is small beside the weights. Costs a loss with its gradient and a loss over
/// S, in Float64 for fully connected networks.
package struct GradientStepSharpness: Sendable, Equatable {
  /// ρ.
  package let radius: Double
  /// η of the adaptive form; nil for the plain one.
  package let offset: Double?

  /// A step of length ρ = `radius`, adaptive where there is an `offset`, which is not negative.
  package init(radius: Double, offset: Double? = nil) {
    precondition(radius > 0, "expected a positive radius, got \(radius)")
    precondition(offset ?? 0 >= 0, "expected no negative offset, got \(offset ?? 0)")
    self.radius = radius
    self.offset = offset
  }

  /// The value for a network on S, in nats.
  ///
  /// - Throws: ``FlatnessError/lossNotFinite(step:)``.
  package func measure(of problem: any MeasuredProblem) throws(FlatnessError) -> Double {
    let centre = problem.parameters.map(Double.init)
    var gradient = [Double](repeating: 0, count: centre.count)
    let loss = try FlatnessError.finite(problem.lossAndGradient(at: centre, gradient: &gradient))
    let scales = centre.map { weight in offset.map { abs(weight) + $0 } ?? 1 }
    let norm = zip(scales, gradient).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }.squareRoot()
    guard norm > 0 else { return 0 }
    let moved = centre.indices.map { centre[$0] + radius * scales[$0] * scales[$0] * gradient[$0] / norm }
    return try FlatnessError.finite(problem.loss(at: moved), step: 1) - loss
  }
}
