import LinearAlgebra

/// Images and labels in the memory of the engine that holds them (``ConvolutionEngine/hold(_:labels:)``);
/// they go with the last use of this.
package final class ResidentImages {
  /// 0 or 1 for each image, on the host.
  package let labels: [Float]
  /// What the engine keeps of the images, known to it alone.
  package let storage: AnyObject

  /// Images that an engine keeps in `storage`.
  package init(labels: [Float], storage: AnyObject) {
    self.labels = labels
    self.storage = storage
  }

  /// The number of images.
  package var count: Int { labels.count }
}

/// A sum over networks in the memory of the engine that took it (``ConvolutionEngine/take(_:)``).
package final class ResidentSum {
  /// What the engine keeps of it, known to it alone.
  package let storage: AnyObject

  /// A sum that an engine keeps in `storage`.
  package init(storage: AnyObject) { self.storage = storage }
}

/// The examples of a step, by their numbers among held images.
package struct ImageBatch {
  /// The images that the numbers are of.
  package let images: ResidentImages
  /// At most the engine's capacity.
  package let examples: [Int]
  /// How each example is moved for this step alone; empty where none is.
  package let moves: [ImageMove]

  /// A batch of `images`, in the order of `examples`.
  package init(of images: ResidentImages, _ examples: [Int], moves: [ImageMove] = []) {
    precondition(
      moves.isEmpty || moves.count == examples.count,
      "expected \(examples.count) moves or none, got \(moves.count)")
    self.images = images
    self.examples = examples
    self.moves = moves
  }
}

/// A crop and a flip of one image: it is moved by whole pixels, with zeros where nothing was, and mirrored.
///
/// moved[c, y, x] = image[c, y + down, x' + right], with x' = W − 1 − x if mirrored and x otherwise, 0
/// outside.
package struct ImageMove: Sendable, Equatable {
  /// Rows, towards the top of the image.
  package let down: Int
  /// Columns, towards its left.
  package let right: Int
  /// Whether left and right change places.
  package let mirrored: Bool

  /// A move by so many rows and columns.
  package init(down: Int, right: Int, mirrored: Bool) {
    self.down = down
    self.right = right
    self.mirrored = mirrored
  }
}
