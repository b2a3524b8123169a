/// The parameters of an ascent, in memory that starts on a cache line.
///
/// An array of Swift's starts 16 bytes off one, and then every second vector of 32 bytes lies across two lines.
final class AlignedParameters {
  let buffer: UnsafeMutableBufferPointer<Float>

  init(_ values: [Float]) {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: values.count * MemoryLayout<Float>.stride, alignment: 64)
    let start = memory.bindMemory(to: Float.self, capacity: values.count)
    buffer = UnsafeMutableBufferPointer(start: start, count: values.count)
    _ = buffer.initialize(from: values)
  }

  deinit { buffer.deallocate() }
}
