import Foundation
import Planning

/// Monte-Carlo kernels on disk, by content hash: `kernels/<2 hex>/<sha256>.kernel`, one file each.
///
/// A file holds the SHA-256 of the rest and a line feed; a line of JSON with the identity and M; and the
/// triangle, Float64, little-endian. It is replaced whole as initialisations are added, so that a killed run
/// goes on from the last.
public struct KernelStore: Sendable {
  /// The store's folder; made by the first write.
  public let folder: String
  private let file = DurableFile()

  /// The kernels of the store in `folder`.
  public init(folder: String) { self.folder = folder }

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
  public func read(
    _ key: RunKey, onDamage: (DamagedRun) -> Void
  ) throws(StorageError) -> StoredKernel? {
    let path = path(for: key)
    guard let bytes = try FileSystem.contents(of: path) else { return nil }
    if let kernel = Self.kernel(in: bytes), (try? kernel.identity.key()) == key { return kernel }
    onDamage(
      DamagedRun(
        key: key, reason: "it is not what its checksum and its name say",
        setAsideAt: try FileSystem.setAside(path, name: "\(key).kernel", in: "\(folder)/damaged")))
    return nil
  }

  /// Stores `kernel` in place of what was there.
  ///
  /// - Throws: ``StorageError``; what was there stays then.
  public func write(_ kernel: StoredKernel) throws(StorageError) {
    let body: [UInt8]
    let path: String
    do {
      path = self.path(for: try kernel.identity.key())
      body = try Self.body(of: kernel)
    } catch {
      throw .notEncodable(key: "a Monte-Carlo kernel", reason: "\(error)")
    }
    try FileSystem.makeFolder(FileSystem.parent(of: path))
    try file.store(Array(ContentHash.sha256(body).utf8) + [UInt8(ascii: "\n")] + body, at: path)
  }

  private static func body(of kernel: StoredKernel) throws(PlanningError) -> [UInt8] {
    let header = Header(
      schema: schema, identity: kernel.identity, initialisations: kernel.initialisations, count: kernel.count,
      sumOfSquaredNorms: kernel.sumOfSquaredNorms, seconds: kernel.seconds)
    var bytes = Array(try CanonicalJSON.text(of: header).utf8) + [UInt8(ascii: "\n")]
    bytes.reserveCapacity(bytes.count + 8 * kernel.triangle.count)
    for value in kernel.triangle {
      withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  private static func kernel(in bytes: [UInt8]) -> StoredKernel? {
    guard bytes.count > 65, bytes[64] == UInt8(ascii: "\n") else { return nil }
    let body = Array(bytes[65...])
    guard bytes[..<64].elementsEqual(ContentHash.sha256(body).utf8),
      let lineEnd = body.firstIndex(of: UInt8(ascii: "\n")),
      let header = try? JSONDecoder().decode(Header.self, from: Data(body[..<lineEnd])),
      header.schema == schema, body.count - lineEnd - 1 == 4 * header.count * (header.count + 1)
    else { return nil }
    let triangle = body[(lineEnd + 1)...].withUnsafeBytes { raw in
      (0..<raw.count / 8).map {
        Double(bitPattern: UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)))
      }
    }
    return StoredKernel(
      identity: header.identity, initialisations: header.initialisations, count: header.count,
      sumOfSquaredNorms: header.sumOfSquaredNorms, triangle: triangle, seconds: header.seconds)
  }

  private func path(for key: RunKey) -> String {
    "\(folder)/kernels/\(key.description.prefix(2))/\(key).kernel"
  }
}
