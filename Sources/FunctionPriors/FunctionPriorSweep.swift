/// What expectation propagation reports after each sweep.
package struct FunctionPriorSweep: Sendable, Equatable {
  /// The sweep's number, from 1.
  package let sweep: Int
  /// ln P(f) at the sites that the sweep started from.
  package let logProbabilityInNats: Double
  /// The change from the sweep before, in nats; nil in the first.
  package let change: Double?
}
