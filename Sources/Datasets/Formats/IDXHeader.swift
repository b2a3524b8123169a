/// The header of an IDX file of unsigned bytes: two zero bytes, the element type 0x08, the number of
/// dimensions, and each dimension as a big-endian 32-bit number, the last one varying fastest.
struct IDXHeader: Equatable {
  /// 0x00000801 for labels (one dimension), 0x00000803 for grey images (three).
  var magic: UInt32 { 0x0000_0800 | UInt32(dimensions.count) }
  /// The size of each dimension.
  var dimensions: [Int]
  /// The number of elements, which is their size in bytes; nil where it is more than fits an `Int`.
  var elementCount: Int? {
    var product = 1
    for dimension in dimensions {
      let (next, overflow) = product.multipliedReportingOverflow(by: dimension)
      if overflow { return nil }
      product = next
    }
    return product
  }
  /// The header as a file has it.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    for word in [magic] + dimensions.map({ UInt32($0) }) {
      withUnsafeBytes(of: word.bigEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }
}
