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

  deinit { buffer.deallocate() }
}
