import CRandomNormals

/// The standard normals of a key in Float32, in groups of 64: for noise by the million, some fifty times as
/// fast as ``RandomStream/nextNormal()``, and as coarse as Float32 is. None is beyond 6.66.
///
/// Each group is found by its number (`CRandomNormals.h` says how it is made), and is the same bits on every
/// processor. The blocks are those of the key's ``RandomStream``: a key serves one of the two.
package struct NormalGroups: Sendable {
  /// The normals of a group.
  package static let groupSize = 64
  private let key: RandomKey
  private let arithmetic: NormalArithmetic

  /// The normals that `key` names.
  package init(_ key: RandomKey) { self.init(key, arithmetic: normal_fastest_arithmetic()) }

  init(_ key: RandomKey, arithmetic: NormalArithmetic) {
    self.key = key
    self.arithmetic = arithmetic
  }

  /// The instruction sets of this processor, the plainest first.
  static var availableArithmetics: [NormalArithmetic] {
    [NormalArithmeticPortable, NormalArithmeticAVX2, NormalArithmeticAVX512].filter {
      $0.rawValue <= normal_fastest_arithmetic().rawValue
    }
  }

  /// `target` ← the groups from `firstGroup` on; its count is a multiple of ``groupSize``.
  package func fill(_ target: UnsafeMutableBufferPointer<Float>, firstGroup: Int) {
    precondition(
      target.count % Self.groupSize == 0 && firstGroup >= 0,
      "expected whole groups of \(Self.groupSize) numbers, got \(target.count)")
    let stream = NormalStream(
      key: (key.key[0], key.key[1]), upperCounter: (key.upperCounter[0], key.upperCounter[1]))
    withUnsafePointer(to: stream) {
      random_normals(
        arithmetic, $0, UInt64(firstGroup), Int64(target.count / Self.groupSize), target.baseAddress)
    }
  }
}
