#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The nonuniform bound on the generalization error of a function that fits its training set.
///
/// The paper's eq. 4, for deterministic (realisable) learning: with probability at least 1 − δ over training
/// sets of m examples, every function f with zero error on the training set has expected error
///
///     ε ≤ (ln 1/P(f) + ln 1/δ) / m.
package enum PACBayesBound {
  /// The bound on ε, a fraction of examples. For small P(f) it exceeds 1 and is vacuous; it is not clipped.
  ///
  /// - Parameters:
  ///   - logProbabilityInNats: ln P(f), at most 0.
  ///   - trainingSetSize: m.
  ///   - confidenceParameter: δ, in (0, 1].
  package static func error(
    logProbabilityInNats: Double, trainingSetSize: Int, confidenceParameter: Double
  ) -> Double {
    precondition(logProbabilityInNats <= 0, "expected ln P(f) ≤ 0, got \(logProbabilityInNats)")
    precondition(trainingSetSize > 0, "expected a training set, got \(trainingSetSize) examples")
    precondition(
      confidenceParameter > 0 && confidenceParameter <= 1, "expected δ in (0, 1], got \(confidenceParameter)")
    return (-logProbabilityInNats - log(confidenceParameter)) / Double(trainingSetSize)
  }
}
