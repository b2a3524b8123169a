/// The 64-bit FNV-1a hash (Fowler, Noll & Vo; IETF draft-eastlake-fnv): labels to numbers, the same in every
/// process, as Swift's own seeded hashing is not.
enum FNV1a {
  private static let offsetBasis: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x100_0000_01B3

  /// The hash of `kind` followed by `bytes`; `kind` keeps labels of different types apart.
  static func hash(_ bytes: some Sequence<UInt8>, kind: UInt8) -> UInt64 {
    bytes.reduce(step(offsetBasis, kind), step)
  }

  private static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* prime }
}
