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

  /// How the next image is moved, and whether it is mirrored.
  private func nextMove(_ stream: inout RandomStream) -> (down: Int, right: Int, mirrored: Bool) {
    let down = stream.nextInteger(below: 2 * cropPadding + 1) - cropPadding
    let right = stream.nextInteger(below: 2 * cropPadding + 1) - cropPadding
    return (down, right, flips && stream.nextInteger(below: 2) == 1)
  }

  /// Passes over the draws of images that were augmented before.
  func skip(images: Int, stream: inout RandomStream) {
    for _ in 0..<images { _ = nextMove(&stream) }
  }

  /// Fills `output` with augmented copies of `count` images of shape `shape`, row-major.
  func apply(
    to images: UnsafePointer<Float>, count: Int, shape: ActivationShape,
    into output: UnsafeMutablePointer<Float>,
    stream: inout RandomStream
  ) {
    let (height, width) = (shape.height, shape.width)
    for image in 0..<count {
      let (down, right, mirrored) = nextMove(&stream)
      for channel in 0..<shape.channels {
        let start = image * shape.count + channel * height * width
        for y in 0..<height {
          for x in 0..<width {
            let column = mirrored ? width - 1 - x : x
            let (fromY, fromX) = (y + down, column + right)
            let isInside = (0..<height).contains(fromY) && (0..<width).contains(fromX)
            output[start + y * width + x] = isInside ? images[start + fromY * width + fromX] : 0
          }
        }
      }
    }
  }
}
