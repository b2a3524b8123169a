import Crypto

/// The two digests of a file that a bag's manifests list, taken piece by piece.
struct ContentDigests {
  private var shorter = SHA256()
  private var longer = SHA512()

  mutating func update(_ piece: [UInt8]) {
    shorter.update(data: piece)
    longer.update(data: piece)
  }

  /// The digests by algorithm, in lower-case hexadecimal.
  func finished() -> [BagManifest.Algorithm: String] {
    [.sha256: Self.hex(shorter.finalize()), .sha512: Self.hex(longer.finalize())]
  }

  /// Of bytes in memory.
  static func digests(of bytes: [UInt8]) -> [BagManifest.Algorithm: String] {
    var digests = ContentDigests()
    digests.update(bytes)
    return digests.finished()
  }

  private static func hex(_ digest: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef")
    return digest.reduce(into: "") { text, byte in
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
  }
}
