/// The loss over S as a function of the parameters, and the steps up on it by minibatches.
///
/// The parameters may come in any order and with any padding: the box and the search ask for none.
protocol LossSurface: AnyObject {
  /// The network's parameters in the order of this surface.
  var centre: [Float] { get }

  /// The mean cross-entropy over S, in nats.
  func loss(_ parameters: UnsafeBufferPointer<Float>) -> Double

  /// parameters ← parameters + rate · ∂(loss of the batch)/∂parameters for each minibatch of the next epoch;
  /// `afterStep` is called after each.
  func climbOneEpoch(_ parameters: UnsafeMutableBufferPointer<Float>, rate: Float, afterStep: () -> Void)
}
