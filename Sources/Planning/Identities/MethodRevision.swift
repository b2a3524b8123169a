/// The revision of each method's numerics. It is part of every identity, so results of an earlier revision
/// are never reused.
///
/// Raise a number in the same commit that changes what its method computes from the same input, be it only in
/// the last bits: another order of sums, another stream of random numbers, another stopping rule. Do not
/// raise it for speed or shape alone. The golden runs in the tests fail when numerics change without it. The
/// revision of a measure stands in its row of `MeasureDefinition.all`.
package enum MethodRevision {
  /// Data splits, initialisation, minibatches, the step of every optimiser, the stopping rule.
  package static let training = 2
  /// The timeline: its epochs, the rescaling, the start of each expectation propagation.
  package static let timeline = 1
  /// The Monte-Carlo kernel: its random networks, their features, the sums.
  package static let monteCarloKernel = 1
  /// The sample of functions: the random numbers, the networks' arithmetic, the counting.
  package static let functionSample = 1
}
