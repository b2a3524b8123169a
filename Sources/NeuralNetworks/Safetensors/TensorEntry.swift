import Foundation

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

  let type: ElementType
  let shape: [Int]
  let start: Int
  let end: Int

  init(_ value: Any, name: String, path: String) throws(SafetensorsError) {
    func bad(_ reason: String) -> SafetensorsError { .badTensor(path: path, tensor: name, reason: reason) }
    guard let entry = value as? [String: Any], let typeName = entry["dtype"] as? String,
      let shape = entry["shape"] as? [Int], let range = entry["data_offsets"] as? [Int], range.count == 2
    else { throw bad("needs dtype, shape and data_offsets") }
    guard let type = ElementType(rawValue: typeName) else {
      throw bad("has type \(typeName); only F32, F64 and I64 are read. Convert it first")
    }
    var count = type.size
    for dimension in shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard dimension >= 0, !overflow else { throw bad("shape \(shape) is negative or too large") }
      count = product
    }
    guard range[0] >= 0, range[1] >= range[0], range[1] - range[0] == count else {
      throw bad(
        "shape \(shape) of \(typeName) needs \(count) bytes, but its range is \(range[0])..<\(range[1])")
    }
    guard range[1] < Int.max / 2 else { throw bad("its range ends beyond any file") }
    self.type = type
    self.shape = shape
    start = range[0]
    end = range[1]
  }
}
