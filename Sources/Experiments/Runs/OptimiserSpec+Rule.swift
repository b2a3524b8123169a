import Specifications
import Training

extension OptimiserSpec {
  /// The rule of each step.
  var rule: OptimiserRule {
    switch kind {
    case .sgd: .sgd(learningRate: learningRate)
    case .momentum: .momentum(learningRate: learningRate, momentum: hyperparameter("momentum"))
    case .adam:
      .adam(
        learningRate: learningRate, beta1: hyperparameter("beta1"), beta2: hyperparameter("beta2"),
        epsilon: hyperparameter("epsilon"))
    case .adagrad:
      .adagrad(learningRate: learningRate, initialAccumulator: hyperparameter("initialAccumulator"))
    case .rmsprop:
      .rmsprop(
        learningRate: learningRate, decay: hyperparameter("decay"), epsilon: hyperparameter("epsilon"))
    case .entropySGD:
      .entropySGD(
        learningRate: learningRate, langevinSteps: Int(hyperparameter("langevinSteps")),
        scope: hyperparameter("scope"), innerLearningRate: hyperparameter("innerLearningRate"),
        thermalNoise: hyperparameter("thermalNoise"), averaging: hyperparameter("averaging"))
    }
  }
}
