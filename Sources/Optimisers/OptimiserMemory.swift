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
  package init(
    steps: Int = 0, innerSteps: Int = 0, first: [Float] = [], second: [Float] = [], inner: [Float] = []
  ) {
    self.steps = steps
    self.innerSteps = innerSteps
    self.first = first
    self.second = second
    self.inner = inner
  }

  /// The memory of a rule before the first step of so many parameters.
  package init(atStartOf rule: OptimiserRule, parameterCount: Int) {
    func array(of value: Double = 0) -> [Float] { [Float](repeating: Float(value), count: parameterCount) }
    switch rule {
    case .sgd: self.init()
    case .momentum: self.init(first: array())
    case .adam: self.init(first: array(), second: array())
    case .adagrad(_, let initialAccumulator): self.init(second: array(of: initialAccumulator))
    case .rmsprop: self.init(second: array(of: 1))
    case .entropySGD: self.init(first: array(), inner: array())
    }
  }

  /// The memory with every array that is used as `transform` gives it, such as in another order.
  package func mapArrays(_ transform: ([Float]) -> [Float]) -> OptimiserMemory {
    func mapped(_ values: [Float]) -> [Float] { values.isEmpty ? [] : transform(values) }
    return OptimiserMemory(
      steps: steps, innerSteps: innerSteps, first: mapped(first), second: mapped(second), inner: mapped(inner)
    )
  }
}
