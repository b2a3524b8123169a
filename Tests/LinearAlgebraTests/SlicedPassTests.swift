import Synchronization
import Testing

@testable import LinearAlgebra

@Suite("Passes in slices")
struct SlicedPassTests {
  @Test(
    "the slices are all numbers, each once, and none is longer than a slice",
    arguments: [0, 1, SlicedPass.sliceSize, SlicedPass.sliceSize + 1, 5 * SlicedPass.sliceSize - 3])
  func slices(count: Int) {
    let slices = Mutex<[Range<Int>]>([])
    SlicedPass.forEachSlice(of: count) { slice in slices.withLock { $0.append(slice) } }
    let sorted = slices.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
    #expect(sorted.flatMap(\.self) == Array(0..<count))
    #expect(sorted.allSatisfy { $0.count <= SlicedPass.sliceSize })
    // Memory that begins on a cache line is not shared by two slices.
    #expect(sorted.allSatisfy { $0.lowerBound % 16 == 0 })
  }
}
