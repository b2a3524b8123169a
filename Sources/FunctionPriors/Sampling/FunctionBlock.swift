/// The functions that some samples gave, each once with its count, in partitions: what is kept of a part of a
/// sample until all of it is drawn.
///
/// A function's partition depends on the function alone, so blocks are counted up partition by partition,
/// which bounds the memory.
package struct FunctionBlock: Sendable, Equatable {
  /// How many partitions there are, a power of two.
  package static let partitionCount = 64
  /// The functions of each partition, ascending.
  package let partitions: [[CountedFunction]]

  /// Counts `functions`: a sort of each partition.
  package init(_ functions: [BooleanFunction]) {
    var parts = [[CountedFunction]](repeating: [], count: Self.partitionCount)
    for function in functions {
      parts[Self.partition(of: function)].append(.init(function: function, count: 1))
    }
    partitions = parts.map(CountedFunction.combined)
  }

  /// Where a function is counted: the upper bits of a product that all of its bits enter (Fibonacci hashing;
  /// Knuth, TAOCP 3, §6.4).
  static func partition(of function: BooleanFunction) -> Int {
    let mixed = (function.low ^ (function.high &* 0xD6E8_FEB8_6659_FD93)) &* 0x9E37_79B9_7F4A_7C15
    return Int(mixed >> 58)
  }
}

/// As bytes: for each partition its number of functions, then their words and counts, all little-endian.
extension FunctionBlock {
  private static let bytesPerFunction = 20

  /// The block as bytes: 20 for each function.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(partitions.reduce(0) { $0 + 8 + $1.count * Self.bytesPerFunction })
    func append(_ number: some FixedWidthInteger) {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
    for partition in partitions {
      append(UInt64(partition.count))
      for counted in partition {
        append(counted.function.low)
        append(counted.function.high)
        append(UInt32(counted.count))
      }
    }
    return bytes
  }

  /// The block whose ``bytes`` these are, of the partitions in `wanted` only; nil for bytes that are none.
  package init?(bytes: [UInt8], partitions wanted: Range<Int> = 0..<FunctionBlock.partitionCount) {
    let parts = bytes.withUnsafeBytes { buffer -> [[CountedFunction]]? in
      var parts: [[CountedFunction]] = []
      var offset = 0
      for index in 0..<Self.partitionCount {
        guard offset + 8 <= buffer.count else { return nil }
        let stored = UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset += 8
        guard stored <= UInt64((buffer.count - offset) / Self.bytesPerFunction) else { return nil }
        let start = offset
        offset += Int(stored) * Self.bytesPerFunction
        guard wanted.contains(index) else {
          parts.append([])
          continue
        }
        parts.append(
          (0..<Int(stored)).map { entry in
            let place = start + entry * Self.bytesPerFunction
            func load<Number: FixedWidthInteger>(_ distance: Int, _ type: Number.Type) -> Number {
              Number(littleEndian: buffer.loadUnaligned(fromByteOffset: place + distance, as: type))
            }
            return CountedFunction(
              function: BooleanFunction(low: load(0, UInt64.self), high: load(8, UInt64.self)),
              count: Int(load(16, UInt32.self)))
          })
      }
      return offset == buffer.count ? parts : nil
    }
    guard let parts else { return nil }
    partitions = parts
  }
}
