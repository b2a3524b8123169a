/// A tensor's line in the header, checked: the range has exactly the bytes that type and shape need.
struct TensorEntry {
  enum ElementType: String {
    case float32 = "F32"
    case float64 = "F64"
    case int64 = "I64"

    var size: Int { self == .float32 ? 4 : 8 }

    /// Little-endian bytes to Float32.
    func decode(_ bytes: ArraySlice<UInt8>) -> [Float] {
      bytes.withUnsafeBytes { raw in
        (0..<raw.count / size).map { index in
          switch self {
          case .float32:
            return Float(
              bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)))
          case .float64:
            return Float(
              Double(
                bitPattern: UInt64(
                  littleEndian: raw.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))))
          case .int64:
            return Float(
              Int64(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * index, as: Int64.self)))
          }
        }
      }
    }
  }

  let name: String
  let type: ElementType
  let shape: [Int]
  let start: Int
  let end: Int

  init(_ value: HeaderReader.Value, name: String, path: String) throws(SafetensorsError) {
    func bad(_ reason: String) -> SafetensorsError { .badTensor(path: path, tensor: name, reason: reason) }
    guard case .object(let entry) = value, case .text(let typeName) = entry["dtype"],
      let shape = Self.counts(entry["shape"]), let range = Self.counts(entry["data_offsets"]),
      range.count == 2
    else { throw bad("needs dtype, shape and data_offsets, with whole numbers") }
    guard let type = ElementType(rawValue: typeName) else {
      throw bad("has type \(typeName); only F32, F64 and I64 are read. Convert it first")
    }
    var count = type.size
    for dimension in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard !overflow else { throw bad("shape \(shape) is too large") }
      count = product
    }
    guard range[1] >= range[0], range[1] - range[0] == count else {
      throw bad(
        "shape \(shape) of \(typeName) needs \(count) bytes, but its range is \(range[0])..<\(range[1])")
    }
    guard range[1] < Int.max / 2 else { throw bad("its range ends beyond any file") }
    self.name = name
    self.type = type
    self.shape = shape
    start = range[0]
    end = range[1]
  }

  private static func counts(_ value: HeaderReader.Value?) -> [Int]? {
    guard case .array(let elements) = value else { return nil }
    let counts = elements.compactMap(\.count)
    return counts.count == elements.count ? counts : nil
  }

  /// Checks that the tensors' ranges cover the `bytes` behind the header, which begin at `first` of the file: each
  /// begins where the one before it ends, and the last ends with the file.
  static func checkCover(
    of entries: [TensorEntry], bytes: Int, from first: Int, path: String
  ) throws(SafetensorsError) {
    var end = 0
    for entry in entries.sorted(by: { ($0.start, $0.end, $0.name) < ($1.start, $1.end, $1.name) }) {
      guard entry.start == end else {
        throw .badTensor(
          path: path, tensor: entry.name,
          reason: "begins at byte \(entry.start), but the tensors before it end at \(end)")
      }
      end = entry.end
    }
    guard end <= bytes else { throw .truncated(path: path, size: first + bytes, needed: first + end) }
    guard end == bytes else {
      throw .badHeader(path: path, reason: "\(bytes - end) bytes follow its last tensor")
    }
  }
}
