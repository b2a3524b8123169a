/// What is done to each image of a batch in training: a random crop out of its zero-padded copy, and a random
/// flip.
package struct AugmentationSpec: Codable, Hashable, Sendable {
  /// The zeros around the image that a crop may take, in pixels.
  package var cropPadding: Int
  /// Whether images are mirrored with probability 1/2.
  package var flips: Bool

  /// Crops, and flips if asked for.
  package init(cropPadding: Int, flips: Bool) {
    self.cropPadding = cropPadding
    self.flips = flips
  }
}
