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
