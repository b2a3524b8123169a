/// Keskar et al.'s sharpness of one network.
package struct SharpnessResult: Codable, Equatable, Sendable {
  /// 100 (max L − L)/(1 + L); nil when the loss is not finite.
  package var sharpness: Double?
  /// Mean cross-entropy on S at the centre of the box, in nats.
  package var loss: Double?
  /// The largest loss on S found in the box, in nats.
  package var maximumLoss: Double?
  /// Epochs of the ascent that were run.
  package var epochs: Int
  /// The largest loss found so far, after each ascent step; only where a trace was asked for.
  package var trace: [Double]?

  /// One sharpness with the losses it is made from.
  package init(sharpness: Double?, loss: Double?, maximumLoss: Double?, epochs: Int, trace: [Double]? = nil) {
    self.sharpness = sharpness
    self.loss = loss
    self.maximumLoss = maximumLoss
    self.epochs = epochs
    self.trace = trace
  }
}
