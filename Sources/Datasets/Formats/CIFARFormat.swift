import Encodings

/// The binary version of CIFAR-10: records of one label byte and 3 × 32 × 32 pixel bytes, red, green
/// and blue planes in turn (Krizhevsky 2009; https://www.cs.toronto.edu/~kriz/cifar.html).
enum CIFARFormat: ImageFormat {
  static let side = 32
  static let channels = 3
  static let recordLength = 1 + channels * side * side

  static func word(for part: DatasetPart) -> String { part.rawValue }

  static func fileNames(of part: DatasetPart) -> [[String]] {
    switch part {
    case .train: (1...5).map { ["data_batch_\($0).bin"] }
    case .test: [["test_batch.bin"]]
    }
  }

  static func images(_ files: [String], classCount: Int) throws(DatasetError) -> PartContents {
    var pixels: [UInt8] = []
    var labels: [UInt8] = []
    for file in files {
      try forEachRecord(of: file, classCount: classCount) { record in
        labels.append(record[0])
        pixels.append(contentsOf: record[1...])
      }
    }
    return PartContents(
      images: LabelledImages(
        pixels: pixels, labels: labels, height: side, width: side, channels: channels))
  }

  /// Files have no header: every record is read, and checked.
  static func count(_ files: [String], classCount: Int) throws(DatasetError) -> Int {
    var count = 0
    for file in files { try forEachRecord(of: file, classCount: classCount) { _ in count += 1 } }
    return count
  }

  static func contentDigest(_ file: String, classCount: Int) throws(DatasetError) -> String? {
    _ = try count([file], classCount: classCount)
    return nil
  }

  private static func forEachRecord(
    of path: String, classCount: Int, _ body: (_ record: [UInt8]) -> Void
  ) throws(DatasetError) {
    let source = try openContents(of: path)
    var byteCount = 0
    while true {
      let record = try source.read(upTo: recordLength)
      if record.isEmpty && byteCount > 0 { return }
      guard record.count == recordLength, byteCount <= IDXFormat.largestSize else {
        throw .wrongRecordLength(
          file: path, byteCount: byteCount + record.count, recordLength: recordLength)
      }
      guard record[0] < classCount else {
        throw .labelOutOfRange(
          file: path, record: byteCount / recordLength, byte: byteCount, label: record[0],
          classCount: classCount)
      }
      byteCount += recordLength
      body(record)
    }
  }
}
