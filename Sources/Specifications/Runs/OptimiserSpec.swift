/// An optimiser and its hyperparameters.
package struct OptimiserSpec: Codable, Hashable, Sendable {
  /// The family of optimisers.
  package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    case sgd, momentum, adam, adagrad, rmsprop
    case entropySGD = "entropy-sgd"
  }
  /// Whether each epoch has a fresh permutation, or the batches of all epochs keep one order.
  package enum BatchOrder: String, Codable, Hashable, Sendable, CaseIterable { case shuffled, fixed }
  /// The family of optimisers.
  package var kind: Kind
  /// The step length; of Entropy-SGD, the one of the outer step.
  package var learningRate: Double
  /// Examples a step; nil for all of S and A, which makes of SGD the full-batch gradient descent.
  package var batch: Int?
  /// Whether batches are drawn anew each epoch.
  package var batchOrder: BatchOrder
  /// What this kind has besides, by the names of ``Kind/hyperparameters``; nil where it has none.
  package var hyperparameters: [String: Double]?

  /// An optimiser from its hyperparameters.
  package init(
    kind: Kind, learningRate: Double, batch: Int?, batchOrder: BatchOrder = .shuffled,
    hyperparameters: [String: Double]? = nil
  ) {
    self.kind = kind
    self.learningRate = learningRate
    self.batch = batch
    self.batchOrder = batchOrder
    self.hyperparameters = hyperparameters
  }

  /// The hyperparameter called `name`, one of its kind's.
  package func hyperparameter(_ name: String) -> Double {
    guard let value = hyperparameters?[name] else {
      preconditionFailure("expected a \(kind.rawValue) with \(name), got \(hyperparameters ?? [:])")
    }
    return value
  }
}

extension OptimiserSpec.Kind {
  /// The keys that a spec of this kind has beside the learning rate and the batch. Decay rates lie in [0, 1),
  /// `averaging` in (0, 1]; noise, scope and the accumulator's start are at least 0, all others positive.
  package var hyperparameters: [String] {
    switch self {
    case .sgd: []
    case .momentum: ["momentum"]
    case .adam: ["beta1", "beta2", "epsilon"]
    case .adagrad: ["initialAccumulator"]
    case .rmsprop: ["decay", "epsilon"]
    case .entropySGD: ["langevinSteps", "scope", "innerLearningRate", "thermalNoise", "averaging"]
    }
  }
}

extension OptimiserSpec {
  /// The name that programs read, such as `adam` or `full-batch-gd`.
  package var name: String { kind == .sgd && batch == nil ? "full-batch-gd" : kind.rawValue }

  /// The name that people read.
  package var printedName: String {
    switch kind {
    case .sgd: batch == nil ? "Full-batch gradient descent" : "SGD"
    case .momentum: "Momentum"
    case .adam: "Adam"
    case .adagrad: "Adagrad"
    case .rmsprop: "RMSProp"
    case .entropySGD: "Entropy-SGD"
    }
  }
}
