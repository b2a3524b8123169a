import Specifications
import Statistics

extension Quantity.ErrorBound {
  /// The bound in %, from ln P(f) or ln P(S) in nats and |S|; that of a function may exceed 100.
  func percent(_ logProbability: Double, trainingSetSize: Int) -> Double {
    // Expectation propagation may end a rounding above a probability of one.
    let nats = min(0, logProbability)
    return switch self {
    case .ofFunction: 100 * PACBayesBound.error(logProbabilityInNats: nats, trainingSetSize: trainingSetSize)
    case .ofPosterior:
      100
        * PACBayesBound.posteriorError(
          logMarginalLikelihoodInNats: nats, trainingSetSize: trainingSetSize)
    }
  }
}
