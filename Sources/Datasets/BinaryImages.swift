import LinearAlgebra

/// Images as network inputs, each with a label bit.
public struct BinaryImages: Sendable, Equatable {
  /// One image a row, each pixel divided by 255 and so in [0, 1]: shape `[n, d]`.
  public let inputs: Matrix<Float>
  /// The label of each image, 0 or 1: shape `[n]`.
  public let labels: [UInt8]

  /// The number of images, n.
  public var count: Int { labels.count }

  /// Images from their rows and labels; as many of the one as of the other.
  public init(inputs: Matrix<Float>, labels: [UInt8]) {
    precondition(
      inputs.rows == labels.count && labels.allSatisfy { $0 <= 1 },
      "expected one label 0 or 1 for each of \(inputs.rows) images, got \(labels.count)")
    self.inputs = inputs
    self.labels = labels
  }

  /// The images `range` of a data set's part, with the labels of `task`.
  init(_ images: LabelledImages, _ range: Range<Int>, task: BinaryTask) {
    let d = images.valuesPerImage
    let scaled = (0...255).map { Float($0) / 255 }
    self.init(
      inputs: Matrix(
        rows: range.count, columns: d,
        elements: images.pixels[range.lowerBound * d..<range.upperBound * d].map { scaled[Int($0)] }),
      labels: images.labels[range].map(task.label(ofClass:)))
  }
}
