import Encodings

/// The two digests of a file that a bag's manifests list, taken piece by piece.
struct ContentDigests {
  private let streams = DigestAlgorithm.allCases.map { ($0, DigestStream($0)) }

  func update(_ piece: [UInt8]) {
    for (_, stream) in streams { stream.update(piece) }
  }

  /// The digests by algorithm, in lower-case hexadecimal. Call once.
  func finished() -> [DigestAlgorithm: String] {
    Dictionary(uniqueKeysWithValues: streams.map { ($0, $1.finish()) })
  }

  /// Of bytes in memory.
  static func digests(of bytes: [UInt8]) -> [DigestAlgorithm: String] {
    let digests = ContentDigests()
    digests.update(bytes)
    return digests.finished()
  }
}
