package import NeuralNetworks
import Optimisers
package import Specifications

extension OptimiserSpec {
  /// The rule of each step, with the learning rate.
  var trainingRule: OptimiserRule {
    switch rule {
    case .sgd: .sgd(learningRate: learningRate)
    case .momentum(let momentum): .momentum(learningRate: learningRate, momentum: momentum)
    case .adam(let beta1, let beta2, let epsilon):
      .adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    case .adagrad(let initialAccumulator):
      .adagrad(learningRate: learningRate, initialAccumulator: initialAccumulator)
    case .rmsprop(let decay, let epsilon):
      .rmsprop(learningRate: learningRate, decay: decay, epsilon: epsilon)
    case .entropySGD(let langevinSteps, let scope, let innerLearningRate, let thermalNoise, let averaging):
      .entropySGD(
        learningRate: learningRate, langevinSteps: langevinSteps, scope: scope,
        innerLearningRate: innerLearningRate, thermalNoise: thermalNoise, averaging: averaging)
    }
  }
}

extension OptimiserSpec.Precision {
  /// As engines know it.
  package var ofTraining: TrainingPrecision {
    switch self {
    case .float32: .float32
    case .tf32: .tf32
    case .bf16: .bfloat16
    }
  }
}
