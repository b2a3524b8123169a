/// The rule by which an optimiser turns gradients g into steps of the weights w, with its hyperparameters.
///
/// Those of TensorFlow 1, whose defaults the paper used: ε and the starts of the accumulators differ from
/// other frameworks. Full-batch gradient descent is ``sgd(learningRate:)`` with one batch an epoch.
package enum OptimiserRule: Sendable, Equatable {
  /// w ← w − η g.
  case sgd(learningRate: Double)
  /// a ← m a + g, w ← w − η a (Rumelhart et al. 1986).
  case momentum(learningRate: Double, momentum: Double)
  /// Kingma & Ba (2014), §2, with ε beside the uncorrected root: w ← w − η √(1 − β₂ᵗ)/(1 − β₁ᵗ) m/(√v + ε).
  case adam(learningRate: Double, beta1: Double, beta2: Double, epsilon: Double)
  /// v ← v + g², w ← w − η g/√v (Duchi et al. 2011); v starts at `initialAccumulator`.
  case adagrad(learningRate: Double, initialAccumulator: Double)
  /// v ← ρ v + (1 − ρ) g², w ← w − η g/√(v + ε) (Tieleman & Hinton 2012); v starts at 1, ρ is `decay`.
  case rmsprop(learningRate: Double, decay: Double, epsilon: Double)
  /// Entropy-SGD (Chaudhari et al. 2016, algorithm 1): `langevinSteps` steps of stochastic gradient Langevin
  /// dynamics around the weights w, and then a step of w towards their running mean μ,
  ///
  ///     w' ← w' − η' (g(w') − γ (w − w')) + √η' ε ξ,   μ ← (1 − α) μ + α w',   w ← w − η (w − μ),
  ///
  /// with γ = `scope`, η' = `innerLearningRate`, ε = `thermalNoise`, α = `averaging` and ξ standard normal.
  /// As in the authors' code, the γ of the outer step is absorbed in η. w' and μ start from w each time.
  case entropySGD(
    learningRate: Double, langevinSteps: Int, scope: Double, innerLearningRate: Double,
    thermalNoise: Double, averaging: Double)
}
