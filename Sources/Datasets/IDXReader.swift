/// Reads IDX files (LeCun, Cortes & Burges, "The MNIST database", file format), plain or gzip.
enum IDXReader {
  /// No file may unpack to more than this: 2 GiB, forty times the largest official one.
  static let largestSize = 1 << 31

  /// Image pixels with their header `[count, height, width]`.
  static func images(_ path: String) throws(DatasetError) -> (header: IDXHeader, pixels: [UInt8]) {
    let source = try openContents(of: path)
    let header = try readHeader(from: source, dimensionCount: 3)
    return (header, try readContents(from: source, header: header))
  }

  /// Labels, each 0…9.
  static func labels(_ path: String) throws(DatasetError) -> [UInt8] {
    let source = try openContents(of: path)
    let header = try readHeader(from: source, dimensionCount: 1)
    let labels = try readContents(from: source, header: header)
    if let record = labels.firstIndex(where: { $0 > 9 }) {
      throw .labelOutOfRange(
        file: path, record: record, byte: header.bytes.count + record, label: labels[record])
    }
    return labels
  }

  /// The header alone, checked: for listings, which need only the count.
  static func header(_ path: String, dimensionCount: Int) throws(DatasetError) -> IDXHeader {
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
