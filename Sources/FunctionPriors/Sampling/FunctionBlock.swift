/// The functions found in one part of a sample, each once with its count, in partitions. Blocks are stored
/// until the whole sample is drawn.
///
/// A function's partition depends on the function alone, so blocks are added up partition by partition, which
/// bounds the memory.
package struct FunctionBlock: Sendable, Equatable {
  /// The number of partitions, a power of two.
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

  /// The partition of a function: the upper bits of a product that depends on all of its bits (Fibonacci
  /// hashing; Knuth, TAOCP 3, §6.4).
  static func partition(of function: BooleanFunction) -> Int {
    let mixed = (function.low ^ (function.high &* 0xD6E8_FEB8_6659_FD93)) &* 0x9E37_79B9_7F4A_7C15
    return Int(mixed >> 58)
  }
}

/// The encoding as bytes: for each partition its number of functions, then their words and counts, all
/// little-endian.
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

  /// Decodes ``bytes``, keeping only the partitions in `wanted`; nil if the bytes are not a block of so many
  /// samples.
  package init?(
    bytes: [UInt8], samples: Int, partitions wanted: Range<Int> = 0..<FunctionBlock.partitionCount
  ) {
    let parts = bytes.withUnsafeBytes { buffer -> [[CountedFunction]]? in
      var parts: [[CountedFunction]] = []
      var offset = 0
      var counted = 0
      for index in 0..<Self.partitionCount {
        guard offset + 8 <= buffer.count else { return nil }
        let stored = UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        offset += 8
        guard stored <= UInt64((buffer.count - offset) / Self.bytesPerFunction) else { return nil }
        let start = offset
        offset += Int(stored) * Self.bytesPerFunction
        func load<Number: FixedWidthInteger>(_ entry: Int, _ distance: Int, _ type: Number.Type) -> Number {
          let place = start + entry * Self.bytesPerFunction + distance
          return Number(littleEndian: buffer.loadUnaligned(fromByteOffset: place, as: type))
        }
        for entry in 0..<Int(stored) { counted += Int(load(entry, 16, UInt32.self)) }
        guard wanted.contains(index) else {
          parts.append([])
          continue
        }
        let part = (0..<Int(stored)).map { entry in
          CountedFunction(
            function: BooleanFunction(low: load(entry, 0, UInt64.self), high: load(entry, 8, UInt64.self)),
            count: Int(load(entry, 16, UInt32.self)))
        }
        guard Self.isPartition(part, index: index) else { return nil }
        parts.append(part)
      }
      return offset == buffer.count && counted == samples ? parts : nil
    }
    guard let parts else { return nil }
    partitions = parts
  }

  /// Whether these are functions of this partition, ascending, each of which was found.
  private static func isPartition(_ part: [CountedFunction], index: Int) -> Bool {
    zip(part, part.dropFirst()).allSatisfy { $0.function < $1.function }
      && part.allSatisfy { $0.count > 0 && partition(of: $0.function) == index }
  }
}

/// A function and the number of samples in which it was found.
package struct CountedFunction: Hashable, Sendable {
  /// The function.
  package var function: BooleanFunction
  /// The number of samples, at least 1.
  package var count: Int

  /// A function with its count.
  package init(function: BooleanFunction, count: Int) {
    self.function = function
    self.count = count
  }

  /// Whether `one` comes before `other` in the order of rank: the more frequent one, and of equals the
  /// smaller number.
  static func ranksBefore(_ one: CountedFunction, _ other: CountedFunction) -> Bool {
    one.count != other.count ? one.count > other.count : one.function < other.function
  }

  /// The functions of `list`, in ascending order, with the counts of equal ones added up.
  static func combined(_ list: [CountedFunction]) -> [CountedFunction] {
    var combined: [CountedFunction] = []
    combined.reserveCapacity(list.count)
    for counted in list.sorted(by: { $0.function < $1.function }) {
      if combined.last?.function == counted.function {
        combined[combined.count - 1].count += counted.count
      } else {
        combined.append(counted)
      }
    }
    return combined
  }
}
