import NeuralNetworks
import RandomStreams

/// Random crops and horizontal flips of images in training.
///
/// Each image is moved by −`cropPadding`…`cropPadding` pixels along each axis, with zeros where nothing was,
/// and mirrored with probability 1/2: what a crop of the image padded with zeros gives.
package struct Augmentation: Sendable, Equatable {
  /// The zeros around an image that a crop may take, in pixels.
  package let cropPadding: Int
  /// Whether images are mirrored.
  package let flips: Bool

  /// Crops out of `cropPadding` zeros around each image, and flips if asked for.
  package init(cropPadding: Int, flips: Bool) {
    precondition(cropPadding >= 0, "expected a padding, got \(cropPadding)")
    self.cropPadding = cropPadding
    self.flips = flips
  }

  /// The moves of the next `count` images.
  func nextMoves(_ count: Int, stream: inout RandomStream) -> [ImageMove] {
    (0..<count).map { _ in nextMove(&stream) }
  }

  /// Passes over the draws of images that were augmented before.
  func skip(images: Int, stream: inout RandomStream) {
    for _ in 0..<images { _ = nextMove(&stream) }
  }

  private func nextMove(_ stream: inout RandomStream) -> ImageMove {
    let down = stream.nextInteger(below: 2 * cropPadding + 1) - cropPadding
    let right = stream.nextInteger(below: 2 * cropPadding + 1) - cropPadding
    return ImageMove(down: down, right: right, mirrored: flips && stream.nextInteger(below: 2) == 1)
  }
}
