import Foundation
import RunStorage

/// What a path that is to be written stands for, once every link in it is followed.
enum OutputPath: Equatable {
  /// A regular file, or nothing yet, at this path without links.
  case file(String)
  case folder(String)
  /// A pipe, or a device that takes one byte after the other.
  case stream(String)
  /// An open file of this process, as `/dev/stdout` names it.
  case descriptor(Int32)
  /// Anything else, in words such as "a block device".
  case other(String)

  /// - Throws: ``ReportingError/fileNotWritten(path:reason:)`` where it cannot be told.
  init(_ path: String) throws(ReportingError) {
    var place = path
    // As many links as the system follows.
    for _ in 0..<40 {
      while place.count > 1, place.hasSuffix("/") { place.removeLast() }
      let name = String(place.drop { $0 == "/" }.split(separator: "/").last ?? "")
      if ["", ".", ".."].contains(name) {
        self = .folder(Self.resolved(place))
        return
      }
      guard let folder = Self.real(FileSystem.parent(of: place)) else {
        // The folder is not there, and neither is the file.
        self = .file(Self.resolved(place))
        return
      }
      let here = folder == "/" ? "/" + name : "\(folder)/\(name)"
      if let number = Int32(name), Self.isDescriptorFolder(folder) {
        self = .descriptor(number)
        return
      }
      var status = stat()
      guard lstat(here, &status) == 0 else {
        // A file in the place of a folder is found where the output is made.
        guard errno == ENOENT || errno == ENOTDIR else {
          throw .fileNotWritten(path: path, reason: String(cString: strerror(errno)))
        }
        self = .file(here)
        return
      }
      switch status.st_mode & S_IFMT {
      case S_IFREG: self = .file(here)
      case S_IFDIR: self = .folder(here)
      case S_IFIFO, S_IFCHR: self = .stream(here)
      case S_IFBLK: self = .other("a block device")
      case S_IFSOCK: self = .other("a socket")
      case S_IFLNK:
        guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: here) else {
          throw .fileNotWritten(path: path, reason: String(cString: strerror(errno)))
        }
        place = target.hasPrefix("/") ? target : "\(folder)/\(target)"
        continue
      default: self = .other("no file")
      }
      return
    }
    throw .fileNotWritten(path: path, reason: String(cString: strerror(ELOOP)))
  }

  /// The path without links, as far as it is there, and the rest of it behind that.
  static func resolved(_ path: String) -> String {
    var (known, rest) = (URL(fileURLWithPath: path).standardizedFileURL.path, "")
    while known != "/" {
      if let real = real(known) { return real == "/" ? "/" + rest : real + rest }
      rest = "/" + (known as NSString).lastPathComponent + rest
      known = FileSystem.parent(of: known)
    }
    return rest.isEmpty ? "/" : rest
  }

  private static func real(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }

  /// Whether a folder without links holds the open files of this process.
  private static func isDescriptorFolder(_ folder: String) -> Bool {
    let own = "/proc/\(getpid())"
    return folder == "\(own)/fd" || folder == "/dev/fd"
      || (folder.hasPrefix("\(own)/task/") && folder.hasSuffix("/fd"))
  }
}
