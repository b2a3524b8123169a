/// A data set as loaded: its images, and what a report says about where they come from.
public struct ImageDataset: Sendable {
  /// Where the images come from.
  public enum Origin: Sendable, Equatable {
    /// The images that ship with the package.
    case builtIn
    /// Files on this machine, by path.
    case files([String])
  }

  /// Which data set it is.
  public let name: DatasetName
  /// One line for reports, such as "MNIST, t10k part (10 000 images)"; never a path, so that reports do
  /// not depend on the machine.
  public let summary: String
  /// Where the images come from.
  public let origin: Origin
  /// The part meant for training, or the only part that was found.
  public let train: LabelledImages
  /// The part meant for testing, where both were found.
  public let test: LabelledImages?
  /// SHA-256 over the decompressed contents, in lower-case hexadecimal: of each part the labels, then the
  /// images, as IDX files with their headers, whatever format they came in. For MNIST and Fashion-MNIST that
  /// is what `zcat train-labels… train-images… t10k-labels… t10k-images… | sha256sum` prints.
  public let digest: String

  /// A data set from its parts, of images of one size.
  public init(
    name: DatasetName, summary: String, origin: Origin, train: LabelledImages, test: LabelledImages? = nil
  ) {
    self.name = name
    self.summary = summary
    self.origin = origin
    self.train = train
    self.test = test
    self.digest = SHA256Digest.hex(
      ofPieces: [train, test].compactMap { $0 }.flatMap { part in
        [
          IDXHeader(dimensions: [part.count]).bytes, part.labels,
          IDXHeader(dimensions: part.imageDimensions).bytes, part.pixels,
        ]
      })
  }
}
