#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The log probability of a function under the prior, by sampling, and how far it can be trusted.
package struct SampledPriorEstimate: Sendable, Equatable, Codable {
  /// ln P(f).
  package let logProbabilityInNats: Double
  /// Of ln P(f), in nats.
  package let standardError: Double
  /// log₁₀ P(f).
  package var log10Probability: Double { logProbabilityInNats / log(10) }
  /// The likelihood that defines f.
  package let likelihood: Likelihood
  /// The number of points n.
  package let n: Int
  /// The number of particles.
  package let particles: Int
  /// How many independent particles of equal weight would say as much.
  package let effectiveSampleSize: Double
  /// The shape of the tail of the weights, and what it holds of their mean (``ParetoTail``).
  package let tailShape: Double
  package let tailShare: Double
  /// What of expectation propagation's sites guided the particles: 1 all, 0 none.
  package let guidance: Double
  /// Whether the error bar can be relied on: a harmless tail, and a hundred particles that count.
  package let isReliable: Bool
}
