package import Planning

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What can go wrong with the store's files. Damage is not an error: see ``Stored/damaged(_:)``.
package enum StorageError: Error, Equatable, Sendable {
  /// The operating system refused: `operation` is a phrase such as "write", `code` its errno.
  case system(operation: String, path: String, code: Int32)
  /// JSON has no text for a record; its key is nil if what it is the hash of has none either.
  case notEncodable(StoredKind, key: ContentKey?, reason: String)
}

extension StorageError: CustomStringConvertible {
  /// What was refused, where, the system's own words, and what to do.
  package var description: String {
    switch self {
    case .system(let operation, let path, let code):
      return "cannot \(operation) \(path): \(String(cString: strerror(code))). \(Self.remedy(code))"
    case .notEncodable(let kind, let key, let reason):
      let name = [kind.rawValue, key?.description].compactMap(\.self).joined(separator: " ")
      return "the \(name) cannot be stored: \(reason)"
    }
  }

  /// The system's own words, or why there is no text.
  package var reason: String {
    switch self {
    case .system(_, _, let code): String(cString: strerror(code))
    case .notEncodable(_, _, let reason): reason
    }
  }

  private static func remedy(_ code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT, EFBIG:
      return "Make room there, or name another folder with --store; finished runs are kept"
    case EACCES, EPERM, EROFS:
      return "Make the folder writable, or name another one with --store"
    case ENOTDIR, EEXIST:
      return "A part of the path is a file, not a folder; move it away, or name another folder with --store"
    case ENOLCK:
      return "The file system has no locks left: check its lock service, or name a local folder with --store"
    default:
      return "Check the disk, or name another folder with --store"
    }
  }
}
