import DatasetDescriptions
import Encodings

extension DatasetLocation {
  /// Reads everything that is there, and checks that it belongs together.
  func load() throws(DatasetError) -> ImageDataset {
    if let incompleteness { throw incompleteness }
    var images: [LabelledImages] = []
    for part in parts { images.append(try read(part)) }
    if images.count == 2 {
      let sizes = images.map { [$0.height, $0.width] }
      if sizes[0] != sizes[1] {
        throw .sizeMismatch(
          trainFile: parts[0].files.last ?? folder, train: sizes[0],
          testFile: parts[1].files.last ?? folder, test: sizes[1])
      }
    }
    let onlyPart = parts.count == 1 ? parts.first?.part : nil
    return ImageDataset(
      name: name, summary: name.summary(of: images, onlyPart: onlyPart),
      origin: .files(parts.flatMap(\.files)), train: images[0], test: images.count == 2 ? images[1] : nil,
      onlyPart: onlyPart)
  }

  /// Reads one part.
  func read(_ part: Part) throws(DatasetError) -> LabelledImages {
    let contents = try format.images(part.files, classCount: classCount)
    if let digest = contents.labelsDigest, let other = DatasetName.owner(ofContents: digest), other != name {
      throw .otherDataset(folder: folder, expected: name, got: other)
    }
    return contents.images
  }
}

extension DatasetName {
  /// One line on the parts that were found, such as "MNIST, t10k part (10 000 images)".
  func summary(of images: [LabelledImages], onlyPart: DatasetPart?) -> String {
    let counts = images.map { $0.count.grouped(by: " ") }.joined(separator: " + ")
    let classes = Set(images.flatMap { Set($0.labels) }).sorted()
    var words = [title]
    if facts.hasPartialTask && classes.count < facts.classNames.count {
      let names = classes.map { facts.classNames[Int($0)] }
      words.append("\(names.count == 1 ? "class" : "classes") \(names.joined(separator: ", "))")
    }
    if let onlyPart {
      words.append("\(facts.files?.format.reader.word(for: onlyPart) ?? onlyPart.rawValue) part")
    }
    return "\(words.joined(separator: ", ")) (\(counts) images)"
  }

  /// The data set to which an official file of these unpacked contents belongs. The names and sizes of MNIST
  /// and Fashion-MNIST are the same, so that only the contents tell one from the other.
  static func owner(ofContents digest: String) -> DatasetName? {
    allCases.first { $0.facts.files?.official.contains { $0.contentSHA256 == digest } ?? false }
  }
}
