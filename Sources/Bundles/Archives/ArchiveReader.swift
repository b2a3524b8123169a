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
    archive_read_support_filter_gzip(archive)
    archive_read_support_format_tar(archive)
    guard archive_read_open_filename(archive, path, 1 << 16) == ARCHIVE_OK else {
      throw BundlesError.notAnArchive(path: path, reason: Self.message(archive))
    }
    guard archive_filter_code(archive, 0) == ARCHIVE_FILTER_GZIP else {
      throw BundlesError.notAnArchive(path: path, reason: "it is not packed by gzip")
    }
    var entries = 0
    var total = 0
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { break }
      guard status == ARCHIVE_OK, let entry else {
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
          throw BundlesError.damagedArchive(path: path, reason: "\(name): \(Self.message(archive))")
        }
        total += count
        guard total <= limits.bytes else {
          throw BundlesError.tooLarge(path: path, reason: "it unpacks to more than \(limits.bytes) bytes")
        }
        return Array(buffer[..<count])
      }
    }
    guard entries > 0 else { throw BundlesError.notAnArchive(path: path, reason: "it is empty") }
  }

  /// The path of a file; nil for a folder.
  private func checkedName(_ entry: OpaquePointer) throws -> String? {
    guard let bytes = archive_entry_pathname(entry), let name = String(validatingCString: bytes) else {
      throw BundlesError.unsafeEntry(path: path, entry: "?", reason: "a name that is not UTF-8")
    }
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
