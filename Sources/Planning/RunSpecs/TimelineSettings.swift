/// A training followed from its first epoch to long after zero error, with the same measurements again and
/// again.
public struct TimelineSettings: Codable, Hashable, Sendable {
  /// How many epochs past zero error it goes.
  public var epochsPast: Int
  /// The distance between measured epochs. Zero error and the rescaling are measured whatever it is.
  public var every: Int
  /// The rescaling on the way, if there is one; measured right before and right after.
  public var rescaling: RescalingSettings?
  /// What is measured: sharpness without trace, priors and Hessians.
  public var measurements: [MeasurementSpec]

  /// A timeline from its parts.
  public init(
    epochsPast: Int, every: Int, rescaling: RescalingSettings?, measurements: [MeasurementSpec]
  ) {
    self.epochsPast = epochsPast
    self.every = every
    self.rescaling = rescaling
    self.measurements = measurements
  }
}
