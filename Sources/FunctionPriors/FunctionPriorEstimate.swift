#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The log probability of a function under the prior, and how it was found.
package struct FunctionPriorEstimate: Sendable, Equatable, Codable {
  /// ln P(f), the log evidence of expectation propagation.
  package let logProbabilityInNats: Double
  /// log₁₀ P(f).
  package var log10Probability: Double { logProbabilityInNats / log(10) }
  /// The likelihood that defines f.
  package let likelihood: Likelihood
  /// The number of points n.
  package let n: Int
  /// The number of parallel sweeps over all points; those over subsets that give the start are not counted.
  package let sweeps: Int
  /// The change of ln P(f) in the last sweep, in nats; not the criterion of convergence, and it may exceed
  /// the tolerance where the changes fall fast. Of a single sweep, what its refinement added.
  package let lastChange: Double
  /// Whether the distance from ln P(f) to its limit, estimated by the last refinement or from the rate of the
  /// last changes, was within the tolerance when the sweeps ended, and rounding as well.
  package let converged: Bool
  /// What the rounding of the kernel's numbers may make of ln P(f), in nats: 2⁻⁵² max sᵢ Kᵢᵢ with the site
  /// precisions s, which grow where two points that are nearly one have opposite labels.
  package let rounding: Double
  /// The smallest factor that an update was scaled by; 1 means that none was damped.
  package let damping: Double
  /// The number of sweeps whose update was scaled by less than 1.
  package let dampedSweeps: Int
  /// The sites of the last sweep, but for whose refinement ln P(f) was taken there; a start for a function that differs in few labels.
  package let sites: SiteParameters
}

/// What expectation propagation reports after each sweep.
package struct FunctionPriorSweep: Sendable, Equatable {
  /// The sweep's number, from 1.
  package let sweep: Int
  /// ln P(f) at the sites that the sweep started from.
  package let logProbabilityInNats: Double
  /// The change from the sweep before, in nats; nil in the first.
  package let change: Double?
}
