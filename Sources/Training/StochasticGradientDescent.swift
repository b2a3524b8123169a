import NeuralNetworks

/// Stochastic gradient descent: w ← w − η ∇L over each minibatch.
public struct StochasticGradientDescent: Sendable, Equatable {
  /// η.
  public let learningRate: Float

  /// Descent at a constant learning rate.
  public init(learningRate: Float) {
    self.learningRate = learningRate
  }

  /// One step on `count` examples, in place and without a stored gradient.
  @inline(__always)
  func step(
    _ workspace: FullyConnectedWorkspace, parameters: UnsafeMutablePointer<Float>,
    inputs: UnsafePointer<Float>, labels: UnsafePointer<Float>, count: Int
  ) {
    workspace.accumulateGradient(
      parameters: parameters, inputs: inputs, labels: labels, count: count,
      scale: -learningRate, keep: 1, into: parameters)
  }
}
