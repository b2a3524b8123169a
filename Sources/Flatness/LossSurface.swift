/// The loss over S at the parameters it holds, and the steps up by minibatches.
///
/// The parameters may come in any order and with any padding: the box and the search ask for none.
protocol LossSurface: AnyObject {
  /// The network's parameters in the order of this surface, and where the ascent has moved them.
  var parameters: UnsafeMutableBufferPointer<Float> { get }

  /// The number of minibatches in an epoch.
  var stepsPerEpoch: Int { get }

  /// The mean cross-entropy over S, in nats.
  func loss() -> Double

  /// parameters ← parameters + rate · ∂(loss of the batch)/∂parameters for each minibatch of the next epoch;
  /// `afterStep` is called after each. Where a step takes long, `isCancelled` is asked before each, and then
  /// the epoch is left unfinished.
  func climbOneEpoch(rate: Float, isCancelled: () -> Bool, afterStep: () -> Void)
}
