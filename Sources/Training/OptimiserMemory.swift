/// What an optimiser keeps from step to step: counts, and arrays ordered as the parameters that are trained.
///
/// An array that the rule does not use is empty.
package struct OptimiserMemory: Sendable, Equatable {
  /// Steps taken.
  package var steps: Int
  /// Of Entropy-SGD: the Langevin steps since the last outer step.
  package var innerSteps: Int
  /// The running mean of g; of Entropy-SGD μ, that of w'.
  package var first: [Float]
  /// The running mean or the sum of g².
  package var second: [Float]
  /// Of Entropy-SGD: w', where its gradients are taken.
  package var inner: [Float]

  /// A memory as it was kept.
  package init(steps: Int, innerSteps: Int = 0, first: [Float], second: [Float], inner: [Float] = []) {
    self.steps = steps
    self.innerSteps = innerSteps
    self.first = first
    self.second = second
    self.inner = inner
  }
}
