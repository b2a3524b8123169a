/// What expectation propagation reports after each sweep.
public struct FunctionPriorSweep: Sendable, Equatable {
  /// The sweep's number, from 1.
  public let sweep: Int
  /// ln P(f) at the sites that the sweep started from.
  public let logProbabilityInNats: Double
  /// The change from the sweep before, in nats; nil in the first.
  public let change: Double?
}
