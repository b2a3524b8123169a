import Encodings
import Planning

/// The file of a Monte-Carlo kernel: the identity, M and the triangle as Float64 (``HashedPayload``).
extension StoredKernel: StoredRecord {
  static var kind: StoredKind { .kernel }
  /// The layout of the file; raised when a reader of the old one would go wrong.
  private static var schema: Int { 1 }

  func contentKey() throws(CanonicalJSONError) -> ContentKey { try identity.key() }

  func fileContents() throws(CanonicalJSONError) -> [UInt8] {
    try HashedPayload.bytes(
      header: Header(
        schema: Self.schema, identity: identity, initialisations: initialisations, count: count,
        sumOfSquaredNorms: sumOfSquaredNorms, blockSize: blockSize, seconds: seconds),
      payload: LittleEndian.bytes(of: triangle))
  }

  init(fileContents bytes: [UInt8], key: ContentKey) throws(FileDamage) {
    guard let (header, payload) = HashedPayload.parts(of: bytes, header: Header.self),
      header.schema == Self.schema, header.initialisations >= 0,
      Self.holds(payload.count, triangleOf: header.count),
      (try? header.identity.key()) == key
    else { throw FileDamage("it is not what its checksum and its name say") }
    self.init(
      identity: header.identity, initialisations: header.initialisations, count: header.count,
      sumOfSquaredNorms: header.sumOfSquaredNorms, triangle: LittleEndian.doubles(in: payload),
      blockSize: header.blockSize, seconds: header.seconds)
  }

  /// Whether so many bytes are the triangle of so many rows; the header's count may be any number.
  private static func holds(_ bytes: Int, triangleOf count: Int) -> Bool {
    (0...1 << 30).contains(count) && bytes == 4 * count * (count + 1)
  }

  private struct Header: Codable {
    let schema: Int
    let identity: MonteCarloKernelIdentity
    let initialisations: Int
    let count: Int
    let sumOfSquaredNorms: Double
    let blockSize: Int?
    let seconds: Double
  }
}
