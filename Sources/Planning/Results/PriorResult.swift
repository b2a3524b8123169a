/// log P(f) of one function, by expectation propagation.
public struct PriorResult: Codable, Equatable, Sendable {
  /// ln P(f).
  public var logProbabilityInNats: Double
  /// n = |S| + |E|.
  public var n: Int
  /// Sweeps of expectation propagation.
  public var sweeps: Int
  /// |change of ln P(f)| in the last sweep, in nats.
  public var lastChange: Double
  /// Whether the last change fell below the tolerance.
  public var converged: Bool
  /// The smallest damping factor that was used; 1 means that none was needed.
  public var damping: Double

  /// One prior with the account of how it was reached.
  public init(
    logProbabilityInNats: Double, n: Int, sweeps: Int, lastChange: Double, converged: Bool, damping: Double
  ) {
    self.logProbabilityInNats = logProbabilityInNats
    self.n = n
    self.sweeps = sweeps
    self.lastChange = lastChange
    self.converged = converged
    self.damping = damping
  }
}
