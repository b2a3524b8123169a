#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The numbers of one stream, in order. A value: a copy draws the same numbers again.
///
/// Conforms to `RandomNumberGenerator`, so the standard library's `shuffled(using:)` works; where numbers
/// must stay the same between Swift versions, use the methods here.
package struct RandomStream: RandomNumberGenerator, Sendable {
  private let key: RandomKey
  private var blockIndex: UInt64 = 0
  private var block: SIMD4<UInt32> = .zero
  private var unread = 0
  private var spareNormal: Double?

  /// The stream that `key` names, at its beginning.
  package init(_ key: RandomKey) { self.key = key }

  /// 32 random bits.
  package mutating func next32() -> UInt32 {
    if unread == 0 {
      block = Philox.block(
        counter: SIMD4(
          UInt32(truncatingIfNeeded: blockIndex), UInt32(truncatingIfNeeded: blockIndex >> 32),
          key.upperCounter[0], key.upperCounter[1]),
        key: key.key)
      blockIndex += 1
      unread = 4
    }
    defer { unread -= 1 }
    return block[4 - unread]
  }

  /// 64 random bits.
  package mutating func next() -> UInt64 {
    let low = UInt64(next32())
    return UInt64(next32()) << 32 | low
  }

  /// A number uniform in (0, 1), never 0 or 1: (k + ½) / 2⁵².
  package mutating func nextUniform() -> Double {
    (Double(next() >> 12) + 0.5) * 0x1p-52
  }

  /// An integer uniform in 0..<bound, without bias (Lemire 2019, "Fast random integer generation in an
  /// interval").
  package mutating func nextInteger(below bound: Int) -> Int {
    precondition(bound > 0, "expected a positive bound, got \(bound)")
    let range = UInt64(bound)
    var (high, low) = next().multipliedFullWidth(by: range)
    if low < range {
      let threshold = (0 &- range) % range
      while low < threshold { (high, low) = next().multipliedFullWidth(by: range) }
    }
    return Int(high)
  }

  /// A permutation of 0..<count, all equally likely (Fisher & Yates; Knuth, TAOCP 2, §3.4.2).
  package mutating func nextPermutation(of count: Int) -> [Int] {
    var permutation = Array(0..<count)
    shuffle(&permutation)
    return permutation
  }

  /// Shuffles `values` in place, all orders equally likely.
  package mutating func shuffle<Value>(_ values: inout [Value]) {
    for last in stride(from: values.count - 1, to: 0, by: -1) {
      values.swapAt(last, nextInteger(below: last + 1))
    }
  }

  /// A standard normal number by the Box–Muller transform of two uniforms (Box & Muller 1958).
  package mutating func nextNormal() -> Double {
    if let spare = spareNormal {
      spareNormal = nil
      return spare
    }
    let pair = BoxMuller.pair(nextUniform(), nextUniform())
    spareNormal = pair.1
    return pair.0
  }
}

/// The Box–Muller transform (Box & Muller 1958).
enum BoxMuller {
  /// Two independent standard normals from two independent uniforms in (0, 1).
  static func pair(_ u: Double, _ v: Double) -> (Double, Double) {
    let radius = (-2 * log(u)).squareRoot()
    let angle = 2 * Double.pi * v
    return (radius * cos(angle), radius * sin(angle))
  }
}
