import Planning

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The finished parts of a sample that is being drawn, one file each, so that a killed run goes on from them.
///
/// A file is 64 digits of SHA-256, a line feed, and the bytes that they are taken over.
public struct FunctionSampleBlocks: Sendable {
  let folder: String
  let file: DurableFile

  /// Which blocks are there, whole or not, ascending.
  public var indices: [Int] {
    FileSystem.names(in: folder).compactMap { name in
      name.hasSuffix(".block") ? Int(name.dropLast(6)) : nil
    }.sorted()
  }

  /// The bytes of a block; nil where it is missing or damaged, and is to be drawn again.
  public func read(_ index: Int) throws(StorageError) -> [UInt8]? {
    guard let bytes = try FileSystem.contents(of: path(of: index)), bytes.count > 64 else { return nil }
    let payload = Array(bytes[65...])
    return bytes[..<64].elementsEqual(ContentHash.sha256(payload).utf8) ? payload : nil
  }

  /// Stores a block.
  ///
  /// - Throws: ``StorageError``; nothing half-written is left then.
  public func write(_ bytes: [UInt8], at index: Int) throws(StorageError) {
    try FileSystem.makeFolder(folder)
    try file.store(
      Array(ContentHash.sha256(bytes).utf8) + [UInt8(ascii: "\n")] + bytes, at: path(of: index))
  }

  /// Calls `body` while no other process draws the same sample; waits for that one as long as `isCancelled` is false,
  /// and gives nil where it becomes true.
  public func exclusively<Result>(
    isCancelled: () -> Bool, waiting: () -> Void, _ body: () throws -> Result
  ) throws -> Result? {
    try FileSystem.makeFolder(folder)
    var hasToldOfWaiting = false
    while true {
      if let lock = try FolderLock(trying: folder) {
        defer { withExtendedLifetime(lock) {} }
        return try body()
      }
      if isCancelled() { return nil }
      if !hasToldOfWaiting { waiting() }
      hasToldOfWaiting = true
      usleep(200_000)
    }
  }

  /// Removes all blocks: the sample is stored, or given up.
  public func remove() {
    for name in FileSystem.names(in: folder) { unlink("\(folder)/\(name)") }
    rmdir(folder)
  }

  private func path(of index: Int) -> String { "\(folder)/\(index).block" }
}
