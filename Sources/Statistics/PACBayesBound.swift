import Foundation

/// Bounds on the error of functions that fit their training set, a fraction of examples.
package enum PACBayesBound {
  /// δ, and γ of ``posteriorError(logMarginalLikelihoodInNats:trainingSetSize:confidenceParameter:posteriorParameter:)``,
  /// in a report, whose intervals are 95 % ones.
  package static let standardConfidenceParameter = 0.05

  /// The nonuniform bound on ε, the paper's eq. 4, for deterministic (realisable) learning: with probability at
  /// least 1 − δ over training sets of m examples, every function f with zero error on the training set has
  /// expected error
  ///
  ///     ε ≤ (ln 1/P(f) + ln 1/δ) / m.
  ///
  /// McAllester (1998). For small P(f) it exceeds 1 and is vacuous; it is not clipped.
  ///
  /// - Parameters:
  ///   - logProbabilityInNats: ln P(f), at most 0.
  ///   - trainingSetSize: m.
  ///   - confidenceParameter: δ, in (0, 1].
  package static func error(
    logProbabilityInNats: Double, trainingSetSize: Int,
    confidenceParameter: Double = standardConfidenceParameter
  ) -> Double {
    precondition(logProbabilityInNats <= 0, "expected ln P(f) ≤ 0, got \(logProbabilityInNats)")
    precondition(trainingSetSize > 0, "expected a training set, got \(trainingSetSize) examples")
    check(confidenceParameter)
    return (-logProbabilityInNats - log(confidenceParameter)) / Double(trainingSetSize)
  }

  /// The marginal-likelihood bound on ε of Valle-Pérez & Louis (2020): with probability at least 1 − δ over
  /// training sets of m examples, and at least 1 − γ over functions drawn from the prior among those with zero
  /// error on the training set,
  ///
  ///     −ln(1 − ε) ≤ (ln 1/P(S) + ln m + ln 1/δ + ln 1/γ) / (m − 1).
  ///
  /// - Parameters:
  ///   - logMarginalLikelihoodInNats: ln P(S), at most 0.
  ///   - trainingSetSize: m, at least 2.
  ///   - confidenceParameter: δ, in (0, 1].
  ///   - posteriorParameter: γ, in (0, 1].
  package static func posteriorError(
    logMarginalLikelihoodInNats: Double, trainingSetSize: Int,
    confidenceParameter: Double = standardConfidenceParameter,
    posteriorParameter: Double = standardConfidenceParameter
  ) -> Double {
    precondition(
      logMarginalLikelihoodInNats <= 0, "expected ln P(S) ≤ 0, got \(logMarginalLikelihoodInNats)")
    precondition(trainingSetSize > 1, "expected two examples or more, got \(trainingSetSize)")
    check(confidenceParameter)
    check(posteriorParameter)
    let m = Double(trainingSetSize)
    let nats = -logMarginalLikelihoodInNats + log(m) - log(confidenceParameter) - log(posteriorParameter)
    return -expm1(-nats / (m - 1))
  }

  private static func check(_ parameter: Double) {
    precondition(parameter > 0 && parameter <= 1, "expected δ and γ in (0, 1], got \(parameter)")
  }
}
