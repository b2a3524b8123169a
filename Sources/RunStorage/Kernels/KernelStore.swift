import Encodings
import Planning

/// Monte-Carlo kernels on disk, by content hash: `kernels/<2 hex>/<sha256>.kernel`, one file each.
///
/// A file holds the identity, M and the triangle as Float64 (``HashedPayload``). It is replaced whole as
/// initialisations are added, so that a killed run goes on from the last.
package struct KernelStore: Sendable {
  /// The store's folder; made by the first write.
  package let folder: String
  private let file = DurableFile()

  /// The kernels of the store in `folder`.
  package init(folder: String) { self.folder = folder }

  private struct Header: Codable {
    let schema: Int
    let identity: MonteCarloKernelIdentity
    let initialisations: Int
    let count: Int
    let sumOfSquaredNorms: Double
    let seconds: Double
  }
  private static let schema = 1

  /// What is stored under `key`; nil where there is nothing. A damaged file is moved to `damaged/`, told of, and nil.
  ///
  /// - Throws: ``StorageError`` where the file is there but cannot be opened, or cannot be moved.
  package func read(
    _ key: ContentKey, onDamage: (DamagedFile) -> Void
  ) throws(StorageError) -> StoredKernel? {
    let path = path(for: key)
    guard let bytes = try FileSystem.contents(of: path) else { return nil }
    if let kernel = Self.kernel(in: bytes), (try? kernel.identity.key()) == key { return kernel }
    onDamage(
      try .settingAside(
        path, kind: .kernel, key: key, reason: "it is not what its checksum and its name say", in: folder))
    return nil
  }

  /// Stores `kernel` in place of what was there.
  ///
  /// - Throws: ``StorageError``; what was there stays then.
  package func write(_ kernel: StoredKernel) throws(StorageError) {
    let bytes: [UInt8]
    let path: String
    do {
      path = self.path(for: try kernel.identity.key())
      bytes = try Self.bytes(of: kernel)
    } catch {
      throw .notEncodable(key: "a Monte-Carlo kernel", reason: "\(error)")
    }
    try FileSystem.makeFolder(FileSystem.parent(of: path))
    try file.store(bytes, at: path)
  }

  private static func bytes(of kernel: StoredKernel) throws(CanonicalJSONError) -> [UInt8] {
    try HashedPayload.bytes(
      header: Header(
        schema: schema, identity: kernel.identity, initialisations: kernel.initialisations,
        count: kernel.count, sumOfSquaredNorms: kernel.sumOfSquaredNorms, seconds: kernel.seconds),
      payload: LittleEndian.bytes(of: kernel.triangle))
  }

  private static func kernel(in bytes: [UInt8]) -> StoredKernel? {
    guard let (header, payload) = HashedPayload.parts(of: bytes, header: Header.self),
      header.schema == schema, payload.count == 4 * header.count * (header.count + 1)
    else { return nil }
    return StoredKernel(
      identity: header.identity, initialisations: header.initialisations, count: header.count,
      sumOfSquaredNorms: header.sumOfSquaredNorms, triangle: LittleEndian.doubles(in: payload),
      seconds: header.seconds)
  }

  private func path(for key: ContentKey) -> String {
    "\(folder)/kernels/\(key.description.prefix(2))/\(key).kernel"
  }
}
