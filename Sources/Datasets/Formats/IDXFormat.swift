import Encodings

/// IDX files (LeCun, Cortes & Burges, "The MNIST database", file format), plain or gzip: the labels of a part
/// in one file, the images in another.
enum IDXFormat: ImageFormat {
  /// No file may unpack to more than this: 2 GiB, forty times the largest official one.
  static let largestSize = 1 << 31

  static func word(for part: DatasetPart) -> String {
    switch part {
    case .train: "train"
    case .test: "t10k"
    }
  }

  /// The labels, then the images.
  static func fileNames(of part: DatasetPart) -> [[String]] {
    ["labels-idx1", "images-idx3"].map { kind in
      let hyphened = "\(word(for: part))-\(kind)-ubyte"
      return [hyphened, hyphened.replacing("-idx", with: ".idx")]
    }
  }

  static func images(_ files: [String], classCount: Int) throws(DatasetError) -> PartContents {
    let (labelFile, imageFile) = (files[0], files[1])
    let labels = try labels(labelFile, classCount: classCount)
    let (header, pixels) = try images(imageFile)
    guard header.dimensions[0] == labels.count else {
      throw .countMismatch(
        imageFile: imageFile, imageCount: header.dimensions[0], labelFile: labelFile,
        labelCount: labels.count)
    }
    return PartContents(
      images: LabelledImages(
        pixels: pixels, labels: labels, height: header.dimensions[1], width: header.dimensions[2],
        channels: 1),
      labelsDigest: digest(of: labels))
  }

  static func count(_ files: [String], classCount: Int) throws(DatasetError) -> Int {
    let (labelFile, imageFile) = (files[0], files[1])
    let imageCount = try header(imageFile, dimensionCount: 3).dimensions[0]
    let labelCount = try header(labelFile, dimensionCount: 1).dimensions[0]
    guard imageCount == labelCount else {
      throw .countMismatch(
        imageFile: imageFile, imageCount: imageCount, labelFile: labelFile, labelCount: labelCount)
    }
    return imageCount
  }

  static func contentDigest(_ file: String, classCount: Int) throws(DatasetError) -> String? {
    if file.split(separator: "/").last?.contains("labels") ?? false {
      return digest(of: try labels(file, classCount: classCount))
    }
    let (header, pixels) = try images(file)
    return SHA256.hex(ofPieces: [header.bytes, pixels])
  }

  private static func digest(of labels: [UInt8]) -> String {
    SHA256.hex(ofPieces: [IDXHeader(dimensions: [labels.count]).bytes, labels])
  }

  /// Image pixels with their header `[count, height, width]`.
  static func images(_ path: String) throws(DatasetError) -> (header: IDXHeader, pixels: [UInt8]) {
    let source = try openContents(of: path)
    let header = try readHeader(from: source, dimensionCount: 3)
    return (header, try readContents(from: source, header: header))
  }

  /// Labels, each below `classCount`.
  static func labels(_ path: String, classCount: Int) throws(DatasetError) -> [UInt8] {
    let source = try openContents(of: path)
    let header = try readHeader(from: source, dimensionCount: 1)
    let labels = try readContents(from: source, header: header)
    if let record = labels.firstIndex(where: { $0 >= classCount }) {
      throw .labelOutOfRange(
        file: path, record: record, byte: header.bytes.count + record, label: labels[record],
        classCount: classCount)
    }
    return labels
  }

  /// The header alone, checked: for listings, which need only the count.
  private static func header(_ path: String, dimensionCount: Int) throws(DatasetError) -> IDXHeader {
    try readHeader(from: try openContents(of: path), dimensionCount: dimensionCount)
  }

  private static func readHeader(
    from source: any ByteSource, dimensionCount: Int
  ) throws(DatasetError) -> IDXHeader {
    let expected = IDXHeader(dimensions: Array(repeating: 0, count: dimensionCount))
    let bytes = try source.read(upTo: expected.bytes.count)
    let words = stride(from: 0, to: bytes.count - bytes.count % 4, by: 4).map { start in
      bytes[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    if let magic = words.first, magic != expected.magic {
      throw .wrongMagic(file: source.path, expected: expected.magic, got: magic)
    }
    guard bytes.count == expected.bytes.count else {
      throw .truncatedHeader(file: source.path, expected: expected.bytes.count, got: bytes.count)
    }
    let header = IDXHeader(dimensions: words.dropFirst().map { Int($0) })
    guard let size = header.elementCount, size > 0, size <= largestSize else {
      throw .impossibleDimensions(file: source.path, dimensions: header.dimensions)
    }
    return header
  }

  /// The elements that the header promises: exactly as many, up to the end of the file.
  private static func readContents(
    from source: any ByteSource, header: IDXHeader
  ) throws(DatasetError) -> [UInt8] {
    // Both were checked with the header; memory grows with what is really there, not with the promise.
    let promised = header.elementCount ?? 0
    var contents: [UInt8] = []
    contents.reserveCapacity(min(promised, source.possibleByteCount))
    while contents.count < promised {
      let piece = try source.read(upTo: min(promised - contents.count, 1 << 22))
      if piece.isEmpty {
        throw .truncatedContents(
          file: source.path, expected: header.bytes.count + promised,
          got: header.bytes.count + contents.count)
      }
      contents.append(contentsOf: piece)
    }
    // Asking for one byte more also makes zlib check the end of its stream: CRC-32 and length.
    guard try source.read(upTo: 1).isEmpty else {
      throw .trailingBytes(file: source.path, expected: header.bytes.count + promised)
    }
    return contents
  }
}
