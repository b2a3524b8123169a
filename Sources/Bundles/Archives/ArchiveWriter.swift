import CArchive
import Foundation

/// Writes a `.tar.gz` whose bytes depend on the files' paths and contents alone: no times, owners or modes of
/// this machine, and no time in the gzip header. By libarchive.
struct ArchiveWriter {
  /// Writes `files`, in their order, to `path`: under a temporary name first, so that the archive is there as
  /// a whole or not at all.
  static func write(_ files: [(path: String, data: Data)], to path: String) throws(BundlesError) {
    let url = URL(fileURLWithPath: path)
    let folder = url.deletingLastPathComponent()
    let temporary = folder.appendingPathComponent(".\(url.lastPathComponent).partial").path
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: path, reason: error.localizedDescription)
    }
    do throws(BundlesError) {
      try fill(temporary, files, path)
      guard rename(temporary, path) == 0 else {
        throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
      }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func fill(
    _ temporary: String, _ files: [(path: String, data: Data)], _ path: String
  ) throws(BundlesError) {
    guard let archive = archive_write_new() else {
      throw .cannotWrite(path: path, reason: "no memory for an archive")
    }
    defer { archive_write_free(archive) }
    func check(_ status: Int) throws(BundlesError) {
      guard status >= 0 else {
        throw .cannotWrite(
          path: path, reason: archive_error_string(archive).map { String(cString: $0) } ?? "unknown")
      }
    }
    try check(Int(archive_write_add_filter_gzip(archive)))
    try check(Int(archive_write_set_filter_option(archive, "gzip", "compression-level", "9")))
    try check(Int(archive_write_set_filter_option(archive, "gzip", "timestamp", nil)))
    try check(Int(archive_write_set_format_pax_restricted(archive)))
    try check(Int(archive_write_open_filename(archive, temporary)))
    for file in files {
      guard let entry = archive_entry_new() else {
        throw .cannotWrite(path: path, reason: "no memory for an archive")
      }
      defer { archive_entry_free(entry) }
      archive_entry_set_pathname(entry, file.path)
      archive_entry_set_filetype(entry, plateau_archive_regular_file)
      archive_entry_set_perm(entry, 0o644)
      archive_entry_set_mtime(entry, 0, 0)
      archive_entry_set_size(entry, Int64(file.data.count))
      try check(Int(archive_write_header(archive, entry)))
      let written = file.data.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
      try check(written)
    }
    try check(Int(archive_write_close(archive)))
  }
}
