/// How much an archive may hold: a small file can be made to unpack to terabytes.
package struct ArchiveLimits: Sendable, Equatable {
  /// Bytes of all files together.
  package var bytes: Int
  /// Files and folders.
  package var entries: Int

  /// Limits; a report at the paper's size with all its runs is below 200 MB and 10 000 files.
  package init(bytes: Int = 2 << 30, entries: Int = 100_000) {
    self.bytes = bytes
    self.entries = entries
  }
}
