/// The state from which an ascent on a residual network is resumed after a step.
///
/// Together with what the ascent was begun with, that is all: the permutations are drawn again up to there.
package struct SharpnessAscentState: Sendable, Equatable {
  /// Steps made.
  package let steps: Int
  /// Where they led, ordered as the network's parameters.
  package let parameters: [Float]
  /// The loss on S at the centre of the box, in nats.
  package let loss: Double
  /// The largest loss so far, in nats.
  package let maximumLoss: Double
  /// The largest loss so far at the centre and after each step; empty where nobody asked for it.
  package let trace: [Double]

  /// A state as it was kept.
  package init(steps: Int, parameters: [Float], loss: Double, maximumLoss: Double, trace: [Double]) {
    self.steps = steps
    self.parameters = parameters
    self.loss = loss
    self.maximumLoss = maximumLoss
    self.trace = trace
  }
}
