import TestSupport
import Testing

@testable import Datasets

@Suite("Damaged IDX and gzip files")
struct DamagedFileTests {
  private let folder: TemporaryFolder
  private let labels = SampleFiles.labels([0, 5, 9, 4])
  private let images = SampleFiles.images(4)

  init() throws { folder = try TemporaryFolder() }

  /// The error of reading these bytes as labels or images under the given name.
  private func error(
    ofLabels bytes: [UInt8], name: String = "train-labels-idx1-ubyte"
  ) throws -> DatasetError? {
    let path = try folder.write(bytes, to: name)
    return #expect(throws: DatasetError.self) { try IDXFormat.labels(path, classCount: 10) }
  }

  private func error(
    ofImages bytes: [UInt8], name: String = "train-images-idx3-ubyte"
  ) throws -> DatasetError? {
    let path = try folder.write(bytes, to: name)
    return #expect(throws: DatasetError.self) { try IDXFormat.images(path) }
  }

  private func path(_ name: String) -> String { folder.path + "/" + name }

  @Test("sound files are read, plain and packed, and packed in two members")
  func sound() throws {
    let packed = SampleFiles.gzip(Array(images[..<20])) + SampleFiles.gzip(Array(images[20...]))
    for (name, bytes) in [("a", images), ("a.gz", SampleFiles.gzip(images)), ("b.gz", packed)] {
      let (header, pixels) = try IDXFormat.images(try folder.write(bytes, to: name))
      #expect(header.dimensions == [4, 2, 3])
      #expect(pixels == Array(images[16...]))
    }
    #expect(try IDXFormat.labels(try folder.write(labels, to: "l"), classCount: 10) == [0, 5, 9, 4])
  }

  @Test("a file that is missing, or is a folder, is named")
  func missing() throws {
    let missing = #expect(throws: DatasetError.self) { try IDXFormat.labels(path("none"), classCount: 10) }
    #expect(missing?.description.contains(path("none")) == true)
    #expect(throws: DatasetError.cannotRead(file: folder.path, reason: "it is a folder")) {
      try IDXFormat.labels(folder.path, classCount: 10)
    }
  }

  @Test("a wrong magic number is shown, and one of gzip explained")
  func wrongMagic() throws {
    let name = "train-labels-idx1-ubyte"
    #expect(
      try error(ofLabels: images) == .wrongMagic(file: path(name), expected: 0x801, got: 0x803))
    let packed = try error(ofLabels: SampleFiles.gzip(labels))
    #expect(packed == .wrongMagic(file: path(name), expected: 0x801, got: 0x1f8b_0800))
    #expect(packed?.description.contains("add .gz to its name") == true)
  }

  @Test("a file that ends within its header or its contents says where", arguments: 0..<40)
  func truncated(length: Int) throws {
    let found = try error(ofImages: Array(images[..<length]))
    let file = path("train-images-idx3-ubyte")
    #expect(
      found
        == (length < 16
          ? .truncatedHeader(file: file, expected: 16, got: length)
          : .truncatedContents(file: file, expected: 40, got: length)))
  }

  @Test("bytes after the promised ones are an error, plain or packed")
  func trailing() throws {
    #expect(
      try error(ofLabels: labels + [0])
        == .trailingBytes(file: path("train-labels-idx1-ubyte"), expected: 12))
    #expect(
      try error(ofLabels: SampleFiles.gzip(labels + [0]), name: "l.gz")
        == .trailingBytes(file: path("l.gz"), expected: 12))
  }

  @Test(
    "dimensions that overflow, are zero, or promise more than 2 GiB are refused before memory is set aside",
    arguments: [
      [0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [0, 28, 28], [5, 0, 28], [0x7fff_ffff, 28, 28],
      [0x8000_0001, 1, 1],
    ])
  func impossibleDimensions(dimensions: [Int]) throws {
    let header: [UInt8] =
      [0, 0, 8, 3] + dimensions.flatMap { value in [24, 16, 8, 0].map { UInt8(value >> $0 & 0xff) } }
    #expect(
      try error(ofImages: header + [1, 2, 3])
        == .impossibleDimensions(file: path("train-images-idx3-ubyte"), dimensions: dimensions))
  }

  @Test("dimensions that promise more than there is are an error, plain and packed")
  func lyingDimensions() throws {
    // 2³¹ bytes promised, which is allowed, and three there: memory must not follow the promise.
    let lie: [UInt8] = [0, 0, 8, 3, 0x80, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3]
    for (name, bytes) in [("lie", lie), ("lie.gz", SampleFiles.gzip(lie))] {
      #expect(
        try error(ofImages: bytes, name: name)
          == .truncatedContents(file: path(name), expected: 1 << 31 | 16, got: 19))
    }
  }

  @Test("a stream that unpacks to far more than promised is left at the first byte too many")
  func bomb() throws {
    let bytes = SampleFiles.gzip(labels + [UInt8](repeating: 0, count: 1 << 20))
    // Cut within the surplus: had the reader gone on, it would have met the end of the file instead.
    #expect(
      try error(ofLabels: Array(bytes[..<100_000]), name: "bomb.gz")
        == .trailingBytes(file: path("bomb.gz"), expected: 12))
  }

  @Test("a label over 9 is named by record and byte")
  func labelOutOfRange() throws {
    #expect(
      try error(ofLabels: SampleFiles.labels([1, 2, 10, 3]))
        == .labelOutOfRange(
          file: path("train-labels-idx1-ubyte"), record: 2, byte: 10, label: 10, classCount: 10))
  }

  @Test("a gzip stream cut at any byte is an error", arguments: 2..<35)
  func truncatedGzip(length: Int) throws {
    let whole = SampleFiles.gzip(labels)
    #expect(whole.count == 35)
    #expect(
      try error(ofLabels: Array(whole[..<length]), name: "l.gz")
        == .truncatedGzip(file: path("l.gz"), byte: length))
  }

  @Test("a flipped bit in the header, data, CRC or length of a gzip stream is an error")
  func damagedGzip() throws {
    let whole = SampleFiles.gzip(labels)
    // Byte 2 is the method; 11 the block length; 20 in the data; 27 and 31 in CRC-32 and length.
    for place in [2, 11, 20, 27, 31] {
      var bytes = whole
      bytes[place] ^= 0x10
      let found = try error(ofLabels: bytes, name: "l.gz")
      guard case .damagedGzip(path("l.gz"), _, _) = found else {
        // A changed data byte may also be a label out of range; here it is not read that far.
        Issue.record("byte \(place): \(String(describing: found))")
        continue
      }
    }
  }

  @Test("something after the gzip stream, and a name in .gz without gzip, are errors")
  func notGzip() throws {
    #expect(
      try error(ofLabels: SampleFiles.gzip(labels) + [0, 0], name: "l.gz")
        == .trailingBytesAfterGzip(file: path("l.gz"), byte: 35))
    #expect(try error(ofLabels: labels, name: "l.gz") == .notGzip(file: path("l.gz")))
    #expect(try error(ofLabels: [], name: "l.gz") == .notGzip(file: path("l.gz")))
  }
}
