import Foundation

/// The whole of a file of the user's own, which may be a pipe such as `/dev/stdin` or a shell's `<(…)`.
package enum FileContents {
  /// Why a file could not be read, in words.
  package struct Unreadable: Error, Sendable {
    package let reason: String
  }

  private static let pieceSize = 1 << 20

  /// The bytes of the file at `path`.
  ///
  /// - Throws: ``Unreadable``, also for a folder, and for a device, which may have no end.
  package static func bytes(_ path: String) throws(Unreadable) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw Unreadable(reason: errno == ENOENT ? "there is no such file" : system(errno))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Unreadable(reason: system(errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR: throw Unreadable(reason: "it is a folder")
    case S_IFCHR, S_IFBLK: throw Unreadable(reason: "it is a device, and no file or pipe")
    default: break
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(status.st_size))
    var piece = [UInt8](repeating: 0, count: pieceSize)
    while true {
      let count = read(descriptor, &piece, piece.count)
      if count == 0 { return bytes }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Unreadable(reason: system(errno)) }
      bytes += piece[..<count]
    }
  }

  private static func system(_ code: Int32) -> String { String(cString: strerror(code)) }
}
