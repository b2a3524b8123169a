/// The loss over S at the parameters it holds, in a box around where they began, and the steps up by
/// minibatches.
///
/// Parameters lie wherever the surface keeps them, in any order and with any padding.
protocol LossSurface: AnyObject {
  /// The number of minibatches in an epoch.
  var stepsPerEpoch: Int { get }

  /// Whether every parameter is a finite number.
  var hasFiniteParameters: Bool { get }

  /// The mean cross-entropy over S, in nats.
  func loss() -> Double

  /// Puts the box of relative half-width ζ around the parameters as they are.
  func setBox(halfWidth zeta: Double)

  /// parameters ← parameters + rate · ∂(loss of the batch)/∂parameters, clipped to the box, for each
  /// minibatch of the next epoch; `afterStep` is called after each. Where a step takes long, `isCancelled` is
  /// asked before each, and the rest of the epoch is then left out.
  func climbOneEpoch(rate: Float, isCancelled: () -> Bool, afterStep: () -> Void)
}
