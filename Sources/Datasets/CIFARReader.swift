/// Reads the binary version of CIFAR-10: records of one label byte and 3 × 32 × 32 pixel bytes, red, green
/// and blue planes in turn (Krizhevsky 2009; https://www.cs.toronto.edu/~kriz/cifar.html).
enum CIFARReader {
  static let side = 32
  static let channels = 3
  static let recordLength = 1 + channels * side * side

  /// The images of one part, file after file.
  static func images(_ paths: [String]) throws(DatasetError) -> LabelledImages {
    var pixels: [UInt8] = []
    var labels: [UInt8] = []
    for path in paths {
      try forEachRecord(of: path) { record in
        labels.append(record[0])
        pixels.append(contentsOf: record[1...])
      }
    }
    return LabelledImages(pixels: pixels, labels: labels, height: side, width: side, channels: channels)
  }

  /// Checks a file to its end, and gives the number of its records.
  static func recordCount(_ path: String) throws(DatasetError) -> Int {
    var count = 0
    try forEachRecord(of: path) { _ in count += 1 }
    return count
  }

  private static func forEachRecord(
    of path: String, _ body: (_ record: [UInt8]) -> Void
  ) throws(DatasetError) {
    let source = try openContents(of: path)
    var byteCount = 0
    while true {
      let record = try source.read(upTo: recordLength)
      if record.isEmpty && byteCount > 0 { return }
      guard record.count == recordLength, byteCount <= IDXReader.largestSize else {
        throw .wrongRecordLength(
          file: path, byteCount: byteCount + record.count, recordLength: recordLength)
      }
      guard record[0] <= 9 else {
        throw .labelOutOfRange(
          file: path, record: byteCount / recordLength, byte: byteCount, label: record[0])
      }
      byteCount += recordLength
      body(record)
    }
  }
}
