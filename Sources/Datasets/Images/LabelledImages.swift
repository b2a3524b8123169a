/// Images of one size with one class label each.
package struct LabelledImages: Sendable, Equatable {
  /// All pixels, 0…255: image after image, channel after channel, row after row, shape
  /// `[count, channels, height, width]`.
  package let pixels: [UInt8]
  /// The class of each image, from 0, shape `[count]`.
  package let labels: [UInt8]
  /// Rows of an image.
  package let height: Int
  /// Columns of an image.
  package let width: Int
  /// Channels of an image: 1 for grey, 3 for red, green, blue.
  package let channels: Int

  /// The number of images.
  package var count: Int { labels.count }
  /// The number of pixel values of one image.
  package var valuesPerImage: Int { height * width * channels }

  /// Images from their pixels and labels; expects `labels.count * height * width * channels` pixels.
  package init(pixels: [UInt8], labels: [UInt8], height: Int, width: Int, channels: Int) {
    precondition(
      pixels.count == labels.count * height * width * channels,
      "expected \(labels.count) × \(channels) × \(height) × \(width) pixels, got \(pixels.count)")
    self.pixels = pixels
    self.labels = labels
    self.height = height
    self.width = width
    self.channels = channels
  }

  /// The images whose class is wanted, in their order.
  func selecting(_ isWanted: (_ class: UInt8) -> Bool) -> LabelledImages {
    let chosen = labels.indices.filter { isWanted(labels[$0]) }
    return LabelledImages(
      pixels: chosen.flatMap(image), labels: chosen.map { labels[$0] }, height: height, width: width,
      channels: channels)
  }

  /// The dimensions as an IDX header states them: without the channel where there is only one.
  var imageDimensions: [Int] { channels == 1 ? [count, height, width] : [count, channels, height, width] }

  /// The pixels of image `index`, shape `[channels, height, width]`.
  package func image(_ index: Int) -> ArraySlice<UInt8> {
    pixels[index * valuesPerImage..<(index + 1) * valuesPerImage]
  }
}
