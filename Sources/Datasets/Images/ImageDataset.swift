package import DatasetDescriptions
import Encodings

/// A data set as loaded: its images, and what a report says about where they come from.
package struct ImageDataset: Sendable {
  /// Where the images come from.
  package enum Origin: Sendable, Equatable {
    /// The images that ship with the package.
    case builtIn
    /// The program draws them.
    case drawn
    /// Files on this machine, by path.
    case files([String])
  }

  /// Which data set it is.
  package let name: DatasetName
  /// One line for reports, such as "MNIST, t10k part (10 000 images)"; never a path, so that reports do
  /// not depend on the machine.
  package let summary: String
  /// Where the images come from.
  package let origin: Origin
  /// The part meant for training, or the only part that was found.
  package let train: LabelledImages
  /// The part meant for testing, where both were found.
  package let test: LabelledImages?
  /// Which part ``train`` really is, where only one was found and it has a name.
  let onlyPart: DatasetPart?
  /// SHA-256 over the decompressed contents, in lower-case hexadecimal: of each part the labels, then the
  /// images, as IDX files with their headers, whatever format they came in. For MNIST and Fashion-MNIST that
  /// is what `zcat train-labels… train-images… t10k-labels… t10k-images… | sha256sum` prints.
  package let digest: String

  /// A data set from its parts, of images of one size.
  package init(
    name: DatasetName, summary: String, origin: Origin, train: LabelledImages, test: LabelledImages? = nil
  ) {
    self.init(name: name, summary: summary, origin: origin, train: train, test: test, onlyPart: nil)
  }

  init(
    name: DatasetName, summary: String, origin: Origin, train: LabelledImages, test: LabelledImages?,
    onlyPart: DatasetPart?
  ) {
    self.name = name
    self.summary = summary
    self.origin = origin
    self.train = train
    self.test = test
    self.onlyPart = onlyPart
    self.digest = SHA256.hex(
      ofPieces: [train, test].compactMap { $0 }.flatMap { part in
        [
          IDXHeader(dimensions: [part.count]).bytes, part.labels,
          IDXHeader(dimensions: part.imageDimensions).bytes, part.pixels,
        ]
      })
  }

  /// The images of the classes that `task` tells apart, in their order; all of them where it takes all.
  ///
  /// Summary and digest are those of the images that are left: a folder that holds nothing else gives the
  /// same.
  package func selecting(_ task: BinaryTask) -> ImageDataset {
    let parts = [train, test].compactMap { $0 }
    guard parts.contains(where: { !$0.labels.allSatisfy(task.contains) }) else { return self }
    let train = train.selecting(task.contains)
    let test = test?.selecting(task.contains)
    return ImageDataset(
      name: name, summary: name.summary(of: [train, test].compactMap { $0 }, onlyPart: onlyPart),
      origin: origin, train: train, test: test, onlyPart: onlyPart)
  }
}
