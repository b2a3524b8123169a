import Encodings

extension DatasetLocation {
  /// Reads everything that is there, and checks that it belongs together.
  func load() throws(DatasetError) -> ImageDataset {
    if let incompleteness { throw incompleteness }
    var images: [LabelledImages] = []
    for files in parts {
      images.append(try read(files))
    }
    if images.count == 2 {
      let sizes = images.map { [$0.height, $0.width] }
      if sizes[0] != sizes[1] {
        throw .sizeMismatch(
          trainFile: parts[0].images[0], train: sizes[0], testFile: parts[1].images[0], test: sizes[1])
      }
    }
    return ImageDataset(
      name: name, summary: name.summary(of: images, onlyPart: onlyPart),
      origin: .files(parts.flatMap(\.all)), train: images[0], test: images.count == 2 ? images[1] : nil,
      onlyPart: onlyPart)
  }

  private var onlyPart: DatasetPart? { parts.count == 1 ? parts.first?.part : nil }

  /// Reads one part.
  func read(_ files: PartFiles) throws(DatasetError) -> LabelledImages {
    guard let imageFile = files.images.first, let labelFile = files.labels.first else {
      return try CIFARReader.images(files.images)
    }
    let labels = try IDXReader.labels(labelFile)
    if let other = DatasetName.owner(ofLabels: labels), other != name {
      throw .otherDataset(folder: folder, expected: name, got: other)
    }
    let (header, pixels) = try IDXReader.images(imageFile)
    guard header.dimensions[0] == labels.count else {
      throw .countMismatch(
        imageFile: imageFile, imageCount: header.dimensions[0], labelFile: labelFile,
        labelCount: labels.count)
    }
    return LabelledImages(
      pixels: pixels, labels: labels, height: header.dimensions[1], width: header.dimensions[2],
      channels: 1)
  }
}

extension DatasetName {
  /// One line on the parts that were found, such as "MNIST, t10k part (10 000 images)".
  func summary(of images: [LabelledImages], onlyPart: DatasetPart?) -> String {
    let counts = images.map { $0.count.groupedDigits }.joined(separator: " + ")
    let classes = Set(images.flatMap { Set($0.labels) }).sorted()
    var words = [title]
    if self == .cifar10 && classes.count < 10 {
      let names = classes.map { classNames[Int($0)] }
      words.append("\(names.count == 1 ? "class" : "classes") \(names.joined(separator: ", "))")
    }
    if let onlyPart {
      words.append("\(self == .cifar10 ? onlyPart.rawValue : onlyPart.idxPrefix) part")
    }
    return "\(words.joined(separator: ", ")) (\(counts) images)"
  }

  /// The data set to which an official label file belongs. The names and sizes of MNIST and Fashion-MNIST are
  /// the same, so that only the contents tell one from the other.
  static func owner(ofLabels labels: [UInt8]) -> DatasetName? {
    let digest = SHA256.hex(ofPieces: [IDXHeader(dimensions: [labels.count]).bytes, labels])
    return allCases.first { name in name.officialFiles.contains { $0.contentSHA256 == digest } }
  }
}

extension Int {
  /// The digits in groups of three, separated by spaces: 60 000.
  var groupedDigits: String { grouped(by: " ") }
}
