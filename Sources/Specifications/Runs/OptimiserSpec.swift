/// An optimiser with all its hyperparameters.
package struct OptimiserSpec: Hashable, Sendable {
  /// The names of the rules in specs and in stored runs.
  package enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    case sgd, momentum, adam, adagrad, rmsprop
    case entropySGD = "entropy-sgd"
  }
  /// The rule of a step with what it has beside the learning rate; the equations are those of
  /// `Optimisers.OptimiserRule`.
  package enum Rule: Hashable, Sendable {
    case sgd
    case momentum(momentum: Double)
    case adam(beta1: Double, beta2: Double, epsilon: Double)
    case adagrad(initialAccumulator: Double)
    case rmsprop(decay: Double, epsilon: Double)
    case entropySGD(
      langevinSteps: Int, scope: Double, innerLearningRate: Double, thermalNoise: Double, averaging: Double)
  }
  /// Whether each epoch has a fresh permutation, or the batches of all epochs keep one order.
  package enum BatchOrder: String, Codable, Hashable, Sendable, CaseIterable { case shuffled, fixed }
  /// What the gradients of the steps are computed in; nothing else is.
  package enum Precision: String, Codable, Hashable, Sendable, CaseIterable {
    case float32, tf32, bf16

    /// The name that people read.
    package var printedName: String {
      switch self {
      case .float32: "Float32"
      case .tf32: "TF32"
      case .bf16: "bfloat16"
      }
    }
  }
  /// The rule of a step.
  package var rule: Rule
  /// The step length; of Entropy-SGD, the one of the outer step.
  package var learningRate: Double
  /// Examples per step; nil means all of S ∪ A: SGD is then full-batch gradient descent.
  package var batch: Int?
  /// Whether batches are drawn anew each epoch.
  package var batchOrder: BatchOrder
  /// What the gradients are computed in.
  package var precision: Precision

  /// An optimiser from its hyperparameters.
  package init(
    rule: Rule, learningRate: Double, batch: Int?, batchOrder: BatchOrder = .shuffled,
    precision: Precision = .float32
  ) {
    self.rule = rule
    self.learningRate = learningRate
    self.batch = batch
    self.batchOrder = batchOrder
    self.precision = precision
  }
}

/// A hyperparameter that a rule has beside the learning rate, by its key in specs and in stored runs.
package enum Hyperparameter: String, CaseIterable, Sendable {
  case momentum, beta1, beta2, epsilon, initialAccumulator, decay
  case langevinSteps, scope, innerLearningRate, thermalNoise, averaging

  /// Which values it takes.
  package var bound: NumberBound {
    switch self {
    case .momentum, .beta1, .beta2, .decay: .belowOne
    case .epsilon, .innerLearningRate: .positive
    case .initialAccumulator, .scope, .thermalNoise: .notNegative
    case .averaging: .upToOne
    case .langevinSteps: .count
    }
  }
}

extension OptimiserSpec.Rule {
  /// The rule of `kind`, each hyperparameter being what `value` gives for it, which must lie within its
  /// bound.
  package init<Failure: Error>(
    _ kind: OptimiserSpec.Kind, _ value: (Hyperparameter) throws(Failure) -> Double
  ) throws(Failure) {
    switch kind {
    case .sgd: self = .sgd
    case .momentum: self = .momentum(momentum: try value(.momentum))
    case .adam:
      self = .adam(beta1: try value(.beta1), beta2: try value(.beta2), epsilon: try value(.epsilon))
    case .adagrad: self = .adagrad(initialAccumulator: try value(.initialAccumulator))
    case .rmsprop: self = .rmsprop(decay: try value(.decay), epsilon: try value(.epsilon))
    case .entropySGD:
      self = .entropySGD(
        langevinSteps: Int(try value(.langevinSteps)), scope: try value(.scope),
        innerLearningRate: try value(.innerLearningRate), thermalNoise: try value(.thermalNoise),
        averaging: try value(.averaging))
    }
  }

  /// The rule's name with the value of each of its hyperparameters: what the initialiser makes it from.
  private var parts: (kind: OptimiserSpec.Kind, values: [Hyperparameter: Double]) {
    switch self {
    case .sgd: (.sgd, [:])
    case .momentum(let momentum): (.momentum, [.momentum: momentum])
    case .adam(let beta1, let beta2, let epsilon):
      (.adam, [.beta1: beta1, .beta2: beta2, .epsilon: epsilon])
    case .adagrad(let initialAccumulator): (.adagrad, [.initialAccumulator: initialAccumulator])
    case .rmsprop(let decay, let epsilon): (.rmsprop, [.decay: decay, .epsilon: epsilon])
    case .entropySGD(let steps, let scope, let innerRate, let noise, let averaging):
      (
        .entropySGD,
        [
          .langevinSteps: Double(steps), .scope: scope, .innerLearningRate: innerRate, .thermalNoise: noise,
          .averaging: averaging,
        ]
      )
    }
  }

  /// The rule's name.
  package var kind: OptimiserSpec.Kind { parts.kind }

  /// The value of each hyperparameter.
  package var hyperparameters: [Hyperparameter: Double] { parts.values }
}

extension OptimiserSpec.Kind {
  /// What the rule has beside the learning rate, in the order in which it is read.
  package var hyperparameters: [Hyperparameter] {
    var asked: [Hyperparameter] = []
    _ = OptimiserSpec.Rule(self) { hyperparameter in
      asked.append(hyperparameter)
      return 1
    }
    return asked
  }
}

extension OptimiserSpec {
  /// The name that programs read, such as `adam`, `full-batch-gd` or, in another precision than Float32,
  /// `sgd-tf32`.
  package var name: String {
    precision == .float32 ? nameOfRule : "\(nameOfRule)-\(precision.rawValue)"
  }

  /// The same whatever the precision.
  package var nameOfRule: String { isFullBatchDescent ? "full-batch-gd" : rule.kind.rawValue }

  /// The name that people read, such as "Adam" or "SGD in TF32".
  package var printedName: String {
    precision == .float32 ? printedRule : "\(printedRule) in \(precision.printedName)"
  }

  private var printedRule: String {
    switch rule.kind {
    case .sgd: isFullBatchDescent ? "Full-batch gradient descent" : "SGD"
    case .momentum: "Momentum"
    case .adam: "Adam"
    case .adagrad: "Adagrad"
    case .rmsprop: "RMSProp"
    case .entropySGD: "Entropy-SGD"
    }
  }

  private var isFullBatchDescent: Bool { rule == .sgd && batch == nil }
}
