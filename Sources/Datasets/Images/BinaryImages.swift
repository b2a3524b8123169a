import DatasetDescriptions
package import LinearAlgebra

/// Images as network inputs, each with a label bit.
package struct BinaryImages: Sendable, Equatable {
  /// One image a row, channel after channel, each pixel divided by 255 and so in [0, 1], unless the channels
  /// are normalised: shape `[n, d]`.
  package let inputs: Matrix<Float>
  /// The label of each image, 0 or 1: shape `[n]`.
  package let labels: [UInt8]

  /// The number of images, n.
  package var count: Int { labels.count }

  /// Images from their rows and labels; as many of the one as of the other.
  package init(inputs: Matrix<Float>, labels: [UInt8]) {
    precondition(
      inputs.rows == labels.count && labels.allSatisfy { $0 <= 1 },
      "expected one label 0 or 1 for each of \(inputs.rows) images, got \(labels.count)")
    self.inputs = inputs
    self.labels = labels
  }

  /// The images `range` of a data set's part, with the labels of `task`; `normalisation` is of as many
  /// channels.
  init(
    _ images: LabelledImages, _ range: Range<Int>, task: BinaryTask, normalisation: ChannelScaling? = nil
  ) {
    let d = images.valuesPerImage
    let pixels = images.pixels[range.lowerBound * d..<range.upperBound * d]
    let elements: [Float]
    if let normalisation {
      let scaled = normalisation.inputs
      let plane = images.height * images.width
      elements = pixels.indices.map { index in scaled[index / plane % images.channels][Int(pixels[index])] }
    } else {
      let scaled = (0...255).map { Float($0) / 255 }
      elements = pixels.map { scaled[Int($0)] }
    }
    self.init(
      inputs: Matrix(rows: range.count, columns: d, elements: elements),
      labels: images.labels[range].map(task.label(ofClass:)))
  }
}
