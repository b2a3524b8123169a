import Encodings
package import Foundation

/// An array from a NumPy `.npy` file, its elements as Float64 in row-major order.
///
/// Format: NumPy Enhancement Proposal 1 (`numpy.lib.format`), versions 1 to 3, either byte order, either
/// memory order. What lies behind the elements is not looked at, as `numpy.load` does: another array may follow.
package struct NumpyArray: Sendable, Equatable {
  /// The lengths of the axes, first to last.
  package let shape: [Int]
  /// Row-major, `shape.reduce(1, *)` of them.
  package let elements: [Double]
  /// The file's element type as NumPy writes it, such as `<f4`.
  package let type: String

  /// Reads a file, which may be a pipe; `path` is named in errors.
  package init(path: String) throws(NumpyArrayError) {
    let bytes: [UInt8]
    do throws(FileContents.Unreadable) {
      bytes = try FileContents.bytes(path)
    } catch {
      throw .cannotRead(path: path, reason: error.reason)
    }
    try self.init(bytes: bytes, path: path)
  }

  /// Reads a file's bytes.
  package init(bytes: [UInt8], path: String) throws(NumpyArrayError) {
    guard bytes.count >= 10, Array(bytes[0..<6]) == [0x93] + Array("NUMPY".utf8) else {
      throw .badHeader(path: path, reason: "it does not begin with \\x93NUMPY")
    }
    let isFirstVersion = bytes[6] == 1
    guard (1...3).contains(bytes[6]), bytes[7] == 0 else {
      throw .badHeader(path: path, reason: "version \(bytes[6]).\(bytes[7]) of the format is unknown")
    }
    guard isFirstVersion || bytes.count >= 12 else {
      throw .badHeader(path: path, reason: "the file ends inside its header")
    }
    let headerStart = isFirstVersion ? 10 : 12
    let length = (8..<headerStart).reduce(0) { $0 | Int(bytes[$1]) << (8 * ($1 - 8)) }
    guard bytes.count >= headerStart + length else {
      throw .badHeader(path: path, reason: "the file ends inside its header")
    }
    let text = String(decoding: bytes[headerStart..<headerStart + length], as: UTF8.self)
    let header = try NumpyHeader(text, path: path)
    let expected = header.count * header.element.size
    let got = bytes.count - headerStart - length
    guard got >= expected else { throw .wrongSize(path: path, expected: expected, got: got) }
    let stored = header.element.decode(bytes[(headerStart + length)...].prefix(expected))
    shape = header.shape
    type = header.typeName
    elements = header.isColumnMajor ? Self.rowMajor(stored, shape: header.shape) : stored
  }

  /// Reorders column-major elements.
  private static func rowMajor(_ elements: [Double], shape: [Int]) -> [Double] {
    guard shape.count > 1 else { return elements }
    var strides: [Int] = []
    var stride = 1
    for dimension in shape {
      strides.append(stride)
      stride *= dimension
    }
    return elements.indices.map { index in
      var (rest, source) = (index, 0)
      for axis in shape.indices.reversed() {
        source += rest % shape[axis] * strides[axis]
        rest /= shape[axis]
      }
      return elements[source]
    }
  }

  /// A `.npy` file (version 1, little-endian, row-major) of Float32 elements.
  package static func encoded(_ elements: [Float], shape: [Int]) -> Data {
    encoded(type: "<f4", shape: shape, count: elements.count, elements.lazy.map(\.bitPattern.littleEndian))
  }

  /// A `.npy` file (version 1, little-endian, row-major) of Float64 elements.
  package static func encoded(_ elements: [Double], shape: [Int]) -> Data {
    encoded(type: "<f8", shape: shape, count: elements.count, elements.lazy.map(\.bitPattern.littleEndian))
  }

  private static func encoded(
    type: String, shape: [Int], count: Int, _ littleEndian: some Sequence<some FixedWidthInteger>
  ) -> Data {
    precondition(shape.reduce(1, *) == count, "expected \(shape) elements, got \(count)")
    let dimensions = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(dimensions)), }"
    while (10 + header.utf8.count + 1) % 64 != 0 { header += " " }
    header += "\n"
    var file = Data([0x93] + Array("NUMPY".utf8) + [1, 0])
    file.append(contentsOf: [UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8)])
    file.append(contentsOf: header.utf8)
    for element in littleEndian { withUnsafeBytes(of: element) { file.append(contentsOf: $0) } }
    return file
  }
}
