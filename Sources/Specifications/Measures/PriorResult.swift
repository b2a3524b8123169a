/// log P(f) of one function, by expectation propagation.
package struct PriorResult: Codable, Equatable, Sendable {
  /// ln P(f).
  package var logProbabilityInNats: Double
  /// n = |S| + |E|.
  package var n: Int
  /// Sweeps of expectation propagation over all n points; those over subsets that give its start are not
  /// counted.
  package var sweeps: Int
  /// |change of ln P(f)| in the last sweep, in nats.
  package var lastChange: Double
  /// Whether the distance still to go, estimated from the last changes, was below the tolerance at the end.
  package var converged: Bool
  /// The smallest factor that an update was scaled by; 1 means that none was damped.
  package var damping: Double

  /// The relative standard error of a Monte-Carlo kernel, in the Frobenius norm; nil for a kernel in closed
  /// form.
  package var kernelError: Double?

  /// One prior with the account of how it was reached.
  package init(
    logProbabilityInNats: Double, n: Int, sweeps: Int, lastChange: Double, converged: Bool, damping: Double,
    kernelError: Double? = nil
  ) {
    self.logProbabilityInNats = logProbabilityInNats
    self.n = n
    self.sweeps = sweeps
    self.lastChange = lastChange
    self.converged = converged
    self.damping = damping
    self.kernelError = kernelError
  }
}
