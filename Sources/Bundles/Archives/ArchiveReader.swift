import CArchive
import Foundation

/// Reads a `.tar.gz` from its start to its end, one piece at a time, by libarchive.
///
/// Memory holds one piece of one file. Only files and folders with paths that stay below the archive's own
/// root are passed on; anything else ends the reading.
struct ArchiveReader {
  let path: String
  let limits: ArchiveLimits

  /// Calls `file` for each file in its order, with a function that gives its next piece, empty at the end.
  func forEachFile(_ file: (_ path: String, _ next: () throws -> [UInt8]) throws -> Void) throws {
    guard FileManager.default.fileExists(atPath: path) else { throw BundlesError.notFound(path: path) }
    guard let archive = archive_read_new() else {
      throw BundlesError.notAnArchive(path: path, reason: "no memory for it")
    }
    defer { archive_read_free(archive) }
    // Names are UTF-8 whatever the user's locale, which is this thread's alone for as long as this takes.
    let utf8 = plateau_utf8_locale()
    let userLocale = uselocale(utf8)
    defer {
      uselocale(userLocale)
      if utf8 != nil { freelocale(utf8) }
    }
    let pieces = try GzipPieces(path: path)
    archive_read_support_format_tar(archive)
    // What stands behind the archive's end is read as more of it, and is damage if it is none.
    archive_read_set_option(archive, "tar", "read_concatenated_archives", "1")
    archive_read_set_option(archive, "tar", "hdrcharset", "UTF-8")
    guard pieces.open(archive) else {
      throw pieces.failure ?? .notAnArchive(path: path, reason: Self.message(archive))
    }
    var entries = 0
    var total = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { break }
      guard status == ARCHIVE_OK, let entry else {
        if let failure = pieces.failure { throw failure }
        throw entries == 0
          ? BundlesError.notAnArchive(path: path, reason: Self.message(archive))
          : BundlesError.damagedArchive(path: path, reason: Self.message(archive))
      }
      entries += 1
      guard entries <= limits.entries else {
        throw BundlesError.tooLarge(path: path, reason: "it holds more than \(limits.entries) files")
      }
      guard let name = try checkedName(entry) else { continue }
      // The size that the header tells is not trusted: the pieces are counted.
      try file(name) {
        let count = archive_read_data(archive, &buffer, buffer.count)
        guard count >= 0 else {
          throw pieces.failure ?? .damagedArchive(path: path, reason: "\(name): \(Self.message(archive))")
        }
        total += count
        guard total <= limits.bytes else {
          throw BundlesError.tooLarge(path: path, reason: "it unpacks to more than \(limits.bytes) bytes")
        }
        return Array(buffer[..<count])
      }
    }
    try pieces.finish()
    guard entries > 0 else { throw BundlesError.notAnArchive(path: path, reason: "it is empty") }
  }

  /// The path of a file; nil for a folder.
  private func checkedName(_ entry: OpaquePointer) throws -> String? {
    guard let bytes = archive_entry_pathname(entry), let written = String(validatingCString: bytes) else {
      throw BundlesError.unsafeEntry(path: path, entry: "?", reason: "a name that is not UTF-8")
    }
    let name = EntryPath.withoutDot(written)
    // `./` itself, as tar packs the folder that it stands in.
    if name.isEmpty, !written.isEmpty { return nil }
    if archive_entry_hardlink(entry) != nil || archive_entry_symlink(entry) != nil {
      throw BundlesError.unsafeEntry(path: path, entry: name, reason: "a link")
    }
    switch archive_entry_filetype(entry) {
    case plateau_archive_folder:
      let folder = name.hasSuffix("/") ? String(name.dropLast()) : name
      if let problem = EntryPath.problem(folder) {
        throw BundlesError.unsafeEntry(path: path, entry: name, reason: problem)
      }
      return nil
    case plateau_archive_regular_file:
      if let problem = EntryPath.problem(name) {
        throw BundlesError.unsafeEntry(path: path, entry: name, reason: problem)
      }
      return name
    default:
      throw BundlesError.unsafeEntry(path: path, entry: name, reason: "neither a file nor a folder")
    }
  }

  private static func message(_ archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "its format is not known"
  }
}
