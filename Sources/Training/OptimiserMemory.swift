/// What an optimiser keeps from step to step: counts, and arrays ordered as the parameters that are trained.
///
/// An array that the rule does not use is empty.
public struct OptimiserMemory: Sendable, Equatable {
  /// Steps taken.
  public var steps: Int
  /// Of Entropy-SGD: the Langevin steps since the last outer step.
  public var innerSteps: Int
  /// The running mean of g; of Entropy-SGD μ, that of w'.
  public var first: [Float]
  /// The running mean or the sum of g².
  public var second: [Float]
  /// Of Entropy-SGD: w', where its gradients are taken.
  public var inner: [Float]

  /// A memory as it was kept.
  public init(steps: Int, innerSteps: Int = 0, first: [Float], second: [Float], inner: [Float] = []) {
    self.steps = steps
    self.innerSteps = innerSteps
    self.first = first
    self.second = second
    self.inner = inner
  }
}
