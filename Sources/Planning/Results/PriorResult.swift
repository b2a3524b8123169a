/// log P(f) of one function, by expectation propagation.
public struct PriorResult: Codable, Equatable, Sendable {
  /// ln P(f).
  public var logProbabilityInNats: Double
  /// n = |S| + |E|.
  public var n: Int
  /// Sweeps of expectation propagation over all n points; those over subsets that give its start are not
  /// counted.
  public var sweeps: Int
  /// |change of ln P(f)| in the last sweep, in nats.
  public var lastChange: Double
  /// Whether the distance still to go, estimated from the last changes, was below the tolerance at the end.
  public var converged: Bool
  /// The smallest factor that an update was scaled by; 1 means that none was damped.
  public var damping: Double

  /// The relative standard error of a Monte-Carlo kernel, in the Frobenius norm; nil for a kernel in closed
  /// form.
  public var kernelError: Double?

  /// One prior with the account of how it was reached.
  public init(
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
