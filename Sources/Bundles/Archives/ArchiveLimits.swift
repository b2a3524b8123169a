/// How much of an archive is taken before it is refused: small files unpack to terabytes where they are made
/// to.
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
