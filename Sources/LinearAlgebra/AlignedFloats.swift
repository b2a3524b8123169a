/// Float32 numbers in memory that starts on a cache line.
///
/// An array of Swift's starts 16 bytes off one, and then every second vector of 32 bytes lies across two
/// lines. A class because it owns the memory.
package final class AlignedFloats: @unchecked Sendable {
  /// The numbers.
  package let buffer: UnsafeMutableBufferPointer<Float>

  /// `count` zeros.
  package init(count: Int) {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
    let start = memory.bindMemory(to: Float.self, capacity: count)
    buffer = UnsafeMutableBufferPointer(start: start, count: count)
    buffer.initialize(repeating: 0)
  }

  /// A copy of `values`.
  package convenience init(_ values: [Float]) {
    self.init(count: values.count)
    _ = buffer.update(from: values)
  }

  /// Where the first number lies.
  package var start: UnsafeMutablePointer<Float> {
    guard let start = buffer.baseAddress else { preconditionFailure("expected memory, got none") }
    return start
  }

  /// Whether every number is finite. One pass.
  package var areFinite: Bool {
    // x · 0 is 0 for a finite x and NaN for every other; in lanes, so that no sum waits for the one before.
    var sums = SIMD8<Float>.zero
    let raw = UnsafeRawPointer(start)
    let whole = buffer.count / 8 * 8
    for i in stride(from: 0, to: whole, by: 8) {
      sums += raw.load(fromByteOffset: 4 * i, as: SIMD8<Float>.self) * 0
    }
    return sums.sum() == 0 && buffer[whole...].allSatisfy(\.isFinite)
  }

  deinit { buffer.deallocate() }
}
