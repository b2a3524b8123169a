import LinearAlgebra

/// Images that a ``HostEngine`` holds: where they were, without a copy.
final class HostImages {
  private let images: Matrix<Float>
  private let shape: ActivationShape

  init(_ images: Matrix<Float>, shape: ActivationShape) {
    self.images = images
    self.shape = shape
  }

  static func held(_ images: ResidentImages) -> HostImages {
    guard let held = images.storage as? HostImages else {
      preconditionFailure("expected images that an engine in the host's memory holds")
    }
    return held
  }

  /// Calls `body` with the images from number `first` on.
  func withImages(from first: Int, _ body: (UnsafePointer<Float>) -> Void) {
    images.elements.withUnsafeBufferPointer {
      if let start = $0.baseAddress { body(start + first * images.columns) }
    }
  }

  /// Copies the examples of a batch, moved as it says, one behind the other.
  func gather(_ batch: ImageBatch, into target: UnsafeMutablePointer<Float>) {
    let size = shape.count
    withImages(from: 0) { images in
      for (position, example) in batch.examples.enumerated() {
        let (from, to) = (images + example * size, target + position * size)
        if batch.moves.isEmpty {
          to.update(from: from, count: size)
        } else {
          copy(from, moved: batch.moves[position], to: to)
        }
      }
    }
  }

  private func copy(
    _ image: UnsafePointer<Float>, moved move: ImageMove, to target: UnsafeMutablePointer<Float>
  ) {
    let (height, width) = (shape.height, shape.width)
    for channel in 0..<shape.channels {
      let start = channel * height * width
      for y in 0..<height {
        for x in 0..<width {
          let column = move.mirrored ? width - 1 - x : x
          let (fromY, fromX) = (y + move.down, column + move.right)
          let isInside = (0..<height).contains(fromY) && (0..<width).contains(fromX)
          target[start + y * width + x] = isInside ? image[start + fromY * width + fromX] : 0
        }
      }
    }
  }
}
