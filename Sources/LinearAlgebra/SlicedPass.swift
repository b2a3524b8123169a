/// A pass over arrays in which no number depends on another, on all cores.
package enum SlicedPass {
  /// Numbers of a slice: whole cache lines, and some tens of microseconds' work.
  static let sliceSize = 1 << 16

  /// Calls `body` for slices that together are `0..<count`, some at once, and returns when all are done; in one call where
  /// that is no more than a slice.
  package static func forEachSlice(of count: Int, _ body: @Sendable (Range<Int>) -> Void) {
    guard count > sliceSize else { return body(0..<count) }
    ProcessorMeter.concurrently((count + sliceSize - 1) / sliceSize) { slice in
      body(slice * sliceSize..<min((slice + 1) * sliceSize, count))
    }
  }
}
