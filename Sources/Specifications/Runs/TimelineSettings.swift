/// A training followed from its first epoch to long after zero error, with the same measurements again and
/// again.
package struct TimelineSettings: Codable, Hashable, Sendable {
  /// How many epochs past zero error it goes.
  package var epochsPast: Int
  /// The distance between measured epochs. Zero error and the rescaling are measured whatever it is.
  package var every: Int
  /// The rescaling on the way, if there is one; measured right before and right after.
  package var rescaling: RescalingSettings?
  /// What is measured: sharpness without trace, priors and Hessians.
  package var measurements: [Measure]

  /// A timeline from its parts.
  package init(
    epochsPast: Int, every: Int, rescaling: RescalingSettings?, measurements: [Measure]
  ) {
    self.epochsPast = epochsPast
    self.every = every
    self.rescaling = rescaling
    self.measurements = measurements
  }
}
