/// A name for one stream of random numbers, from which streams for parts of the work are split off.
///
/// `RandomKey(seed: 1).split("minibatches").split(7)` is the same stream on every machine, in every order and
/// on every thread. A key holds 128 bits: the Philox key and the upper half of its counter; the lower half
/// counts the blocks drawn. Splitting encrypts a hash of the label under the parent, so that children look
/// independent of it and of each other (Salmon et al. 2011, §4).
package struct RandomKey: Sendable, Hashable {
  /// The Philox key.
  package let key: SIMD2<UInt32>
  /// The upper half of Philox's counter, lower word first.
  package let upperCounter: SIMD2<UInt32>

  init(key: SIMD2<UInt32>, upperCounter: SIMD2<UInt32>) {
    self.key = key
    self.upperCounter = upperCounter
  }

  /// The root of all streams of one report.
  package init(seed: UInt64) {
    self.init(
      key: SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)),
      upperCounter: .zero)
  }

  /// The stream for the part of the work named by `label`.
  package func split(_ label: String) -> RandomKey { child(FNV1a.hash(label.utf8, kind: 1)) }

  /// The stream for part number `index` of the work.
  package func split(_ index: Int) -> RandomKey {
    child(
      FNV1a.hash(
        (0..<8).map { UInt8(truncatingIfNeeded: UInt64(bitPattern: Int64(index)) >> (8 * UInt64($0))) },
        kind: 2))
  }

  private func child(_ hash: UInt64) -> RandomKey {
    let label = SIMD4(
      UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32),
      upperCounter[0] ^ 0x5EED_0001, upperCounter[1] ^ 0xC411_D000)
    let block = Philox.block(counter: label, key: key)
    return RandomKey(key: SIMD2(block[0], block[1]), upperCounter: SIMD2(block[2], block[3]))
  }
}
