import Encodings
import Foundation

/// A file that a process has mapped into memory: its program, libraries, fonts.
struct MappedFile: Encodable, Equatable {
  let path: String
  let bytes: Int
  /// When its contents or its inode last changed, in nanoseconds since 1970, in digits: no tool sets that time back.
  let changed: String

  /// Those of this process, by path; nil on systems without `/proc`.
  static var ofProcess: [MappedFile]? {
    (try? FileContents.bytes("/proc/self/maps")).map { bytes in
      paths(inMaps: String(decoding: bytes, as: UTF8.self)).compactMap(MappedFile.init(path:))
    }
  }

  /// The paths in the text of `/proc/<process>/maps` (proc(5)), sorted, without the caches of fontconfig, which it may
  /// renew in any call.
  static func paths(inMaps text: String) -> [String] {
    let paths = text.split(separator: "\n").compactMap { line -> String? in
      // Address, permissions, offset, device, inode, path.
      let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
      guard fields.count == 6 else { return nil }
      let path = fields[5].drop { $0 == " " }
      return path.first == "/" && !path.contains("/fontconfig/") ? String(path) : nil
    }
    return Set(paths).sorted()
  }

  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.path = path
    bytes = Int(status.st_size)
    changed = "\(status.st_ctim.tv_sec)" + String(format: "%09d", status.st_ctim.tv_nsec)
  }
}
