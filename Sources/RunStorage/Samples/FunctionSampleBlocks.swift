import Encodings

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The finished parts of a sample that is being drawn, one file each, from which a killed run resumes.
///
/// A file is named for the samples in it, `<first>-<count>.block`, and holds 64 digits of SHA-256, a line
/// feed, and the bytes that they are taken over.
package struct FunctionSampleBlocks: Sendable {
  let folder: String
  let file: DurableFile

  /// Of which samples there are blocks, whole or not.
  package var ranges: [Range<Int>] {
    FileSystem.names(in: folder).compactMap { name in
      guard let match = name.wholeMatch(of: /([0-9]{1,15})-([0-9]{1,15})\.block/),
        let first = Int(match.output.1), let count = Int(match.output.2)
      else { return nil }
      return first..<first + count
    }
  }

  /// The bytes of the block of these samples; nil where it is missing or damaged, and is to be drawn again.
  package func read(_ samples: Range<Int>) throws(StorageError) -> [UInt8]? {
    guard let bytes = try FileSystem.contents(of: path(of: samples)), bytes.count > 64 else { return nil }
    let payload = Array(bytes[65...])
    return bytes[..<64].elementsEqual(SHA256.hex(of: payload).utf8) ? payload : nil
  }

  /// Stores the block of these samples.
  ///
  /// - Throws: ``StorageError``; nothing half-written is left then.
  package func write(_ bytes: [UInt8], of samples: Range<Int>) throws(StorageError) {
    try FileSystem.makeFolder(folder)
    try file.store(
      Array(SHA256.hex(of: bytes).utf8) + [UInt8(ascii: "\n")] + bytes, at: path(of: samples))
  }

  /// Calls `body` while no other process draws the same sample; waits for that one as long as `isCancelled`
  /// is false, and gives nil where it becomes true.
  package func exclusively<Result>(
    isCancelled: () -> Bool, waiting: () -> Void, _ body: () throws -> Result
  ) throws -> Result? {
    // The folder above, which stays when the blocks go.
    let parent = FileSystem.parent(of: folder)
    try FileSystem.makeFolder(parent)
    var hasToldOfWaiting = false
    while true {
      if let lock = try FolderLock(trying: parent) {
        defer { withExtendedLifetime(lock) {} }
        return try body()
      }
      if isCancelled() { return nil }
      if !hasToldOfWaiting { waiting() }
      hasToldOfWaiting = true
      usleep(200_000)
    }
  }

  /// Removes all blocks: the sample is stored. What cannot be removed does no harm.
  package func remove() { try? FileSystem.removeFiles(in: folder) }

  private func path(of samples: Range<Int>) -> String {
    "\(folder)/\(samples.lowerBound)-\(samples.count).block"
  }
}
