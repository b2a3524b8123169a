import CArchive
import Foundation

/// Makes a `.tar.gz` whose bytes depend on the files' paths and contents alone: no times, owners or modes of
/// this machine, and no time in the gzip header. By libarchive.
enum ArchiveWriter {
  /// The bytes that libarchive has packed. A class because C hands it on.
  private final class Packed {
    var bytes = Data()
  }

  /// The archive of `files`, in their order.
  static func bytes(of files: [(path: String, data: Data)]) throws(BundlesError) -> Data {
    guard let archive = archive_write_new() else { throw .notPacked(reason: "no memory for an archive") }
    defer { archive_write_free(archive) }
    func check(_ status: Int) throws(BundlesError) {
      guard status >= 0 else {
        throw .notPacked(reason: archive_error_string(archive).map { String(cString: $0) } ?? "unknown")
      }
    }
    let packed = Packed()
    try check(Int(archive_write_add_filter_gzip(archive)))
    try check(Int(archive_write_set_filter_option(archive, "gzip", "compression-level", "9")))
    try check(Int(archive_write_set_filter_option(archive, "gzip", "timestamp", nil)))
    try check(Int(archive_write_set_format_pax_restricted(archive)))
    try check(Int(archive_write_set_bytes_in_last_block(archive, 1)))
    let opened = archive_write_open(
      archive, Unmanaged.passUnretained(packed).toOpaque(), nil,
      { _, packed, piece, count in
        guard let packed, let piece else { return -1 }
        Unmanaged<Packed>.fromOpaque(packed).takeUnretainedValue().bytes.append(
          piece.assumingMemoryBound(to: UInt8.self), count: count)
        return count
      }, nil)
    try check(Int(opened))
    for file in files {
      guard let entry = archive_entry_new() else { throw .notPacked(reason: "no memory for an archive") }
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
    return withExtendedLifetime(packed) { packed.bytes }
  }
}
