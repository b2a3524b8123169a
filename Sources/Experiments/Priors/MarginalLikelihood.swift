package import FunctionPriors
package import Specifications

/// ln P(S), the marginal likelihood: the probability that a network drawn at initialisation gives S its labels,
/// whatever it does elsewhere (Valle-Pérez & Louis 2020). The prior of the labels of S alone, at n = |S|.
package enum MarginalLikelihood {
  /// ln P(S) in nats by expectation propagation; failed where that does not settle.
  ///
  /// - Parameters:
  ///   - labels: of S, 0 or 1, length |S|.
  ///   - kernel: over S.
  package static func measure(
    of labels: [UInt8], kernel: CovarianceKernel, _ likelihood: PriorSettings.Likelihood
  ) -> MeasurementResult {
    do {
      let estimate = try ExpectationPropagation(likelihood: Likelihood(likelihood)).logProbability(
        of: labels, kernel: kernel)
      guard estimate.converged else {
        return .failed(
          reason: "expectation propagation had not settled after \(estimate.sweeps) sweeps; no value is used")
      }
      return .scalar(.marginalLikelihood, estimate.logProbabilityInNats)
    } catch {
      return .failed(reason: error.description)
    }
  }
}

extension Likelihood {
  /// The factor of a spec's likelihood.
  init(_ likelihood: PriorSettings.Likelihood) { self = likelihood == .heaviside ? .heaviside : .probit }
}
