import Encodings

/// The bytes of a block of a Monte-Carlo kernel: Σₘ ‖Gₘ‖², the seconds that it took, and the lower triangle of
/// Σₘ Gₘ, over the initialisations in it.
package struct KernelBlock: Equatable, Sendable {
  package var sumOfSquaredNorms: Double
  package var seconds: Double
  package var triangle: [Double]

  package init(sumOfSquaredNorms: Double, seconds: Double, triangle: [Double]) {
    self.sumOfSquaredNorms = sumOfSquaredNorms
    self.seconds = seconds
    self.triangle = triangle
  }

  /// The block of a kernel of `count` inputs; nil for the bytes of another.
  package init?(bytes: [UInt8], count: Int) {
    guard bytes.count == 8 * (2 + count * (count + 1) / 2) else { return nil }
    let numbers = LittleEndian.doubles(in: bytes[...])
    self.init(sumOfSquaredNorms: numbers[0], seconds: numbers[1], triangle: Array(numbers[2...]))
  }

  package var bytes: [UInt8] { LittleEndian.bytes(of: [sumOfSquaredNorms, seconds] + triangle) }
}
