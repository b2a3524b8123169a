import CArchive
import Datasets

/// What libarchive reads an archive from: the file unpacked, and its gzip stream held to its CRC and to its end,
/// which libarchive itself passes over.
///
/// A class because libarchive keeps a pointer to it, and to the piece that it gave last.
final class GzipPieces {
  private static let size = 1 << 16

  private let path: String
  private let file: GzipFileReader
  private let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
  /// What went wrong in a callback, which cannot throw.
  private(set) var failure: BundlesError?

  /// - Throws: `BundlesError.notAnArchive` for a file that cannot be read or is not packed by gzip.
  init(path: String) throws(BundlesError) {
    self.path = path
    do throws(DatasetError) {
      file = try GzipFileReader(path: path)
    } catch {
      throw .notAnArchive(path: path, reason: Self.reason(error))
    }
  }

  deinit { piece.deallocate() }

  /// Has `archive` read from here. The pieces must live until it is closed.
  func open(_ archive: OpaquePointer) -> Bool {
    let callback:
      @convention(c) (
        OpaquePointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<UnsafeRawPointer?>?
      ) -> la_ssize_t = { _, pieces, start in
        guard let pieces, let start else { return -1 }
        return Unmanaged<GzipPieces>.fromOpaque(pieces).takeUnretainedValue().next(start)
      }
    return archive_read_open(archive, Unmanaged.passUnretained(self).toOpaque(), nil, callback, nil)
      == ARCHIVE_OK
  }

  private func next(_ start: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
    do throws(DatasetError) {
      let bytes = try file.read(upTo: Self.size)
      piece.copyBytes(from: bytes)
      start.pointee = UnsafeRawPointer(piece.baseAddress)
      return bytes.count
    } catch {
      failure = .damagedArchive(path: path, reason: Self.reason(error))
      return -1
    }
  }

  /// Reads what libarchive has left, so that the stream's end is checked too.
  func finish() throws(BundlesError) {
    while failure == nil {
      var start: UnsafeRawPointer?
      if next(&start) <= 0 { break }
    }
    if let failure { throw failure }
  }

  private static func reason(_ error: DatasetError) -> String {
    switch error {
    case .notGzip: "it is not packed by gzip"
    case .truncatedGzip(_, let byte): "its gzip stream breaks off at byte \(byte)"
    case .damagedGzip(_, let byte, let reason): "its gzip stream fails near byte \(byte) (\(reason))"
    case .trailingBytesAfterGzip(_, let byte): "something else follows its gzip stream from byte \(byte) on"
    case .cannotRead(_, let reason): reason
    default: "\(error)"
    }
  }
}
