/// A training that is measured repeatedly, from its first epoch until well past zero error.
package struct TimelineSettings: Codable, Hashable, Sendable {
  /// The number of epochs after zero error.
  package var epochsPast: Int
  /// The number of epochs between two measured points. Zero error and the rescaling are always measured.
  package var every: Int
  /// The rescaling during the training, if any; measured right before and right after it.
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

/// The rescaling of two neighbouring layers during a training (Dinh et al. 2017; the paper's appendix F): the
/// first one's weights and biases are divided by α, the next one's weights multiplied by it.
package struct RescalingSettings: Codable, Hashable, Sendable {
  /// The first of the two layers, counted from 1 as the paper does.
  package var layer: Int
  /// α.
  package var alpha: Double
  /// How many epochs after zero error.
  package var epochsPast: Int

  /// A rescaling from its parts.
  package init(layer: Int, alpha: Double, epochsPast: Int) {
    self.layer = layer
    self.alpha = alpha
    self.epochsPast = epochsPast
  }
}
