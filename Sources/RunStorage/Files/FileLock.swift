#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The lock of an open file or folder, as `flock` gives it: held by one open file at a time on one machine, and
/// let go when the file is closed or its process ends. Among machines that share a file system it may hold, do
/// nothing, or be missing: nothing may depend on it there.
struct FileLock: Sendable {
  /// What became of a try.
  enum Outcome: Equatable {
    case taken
    /// Another holds it.
    case isHeld
    /// The file system has no locks.
    case isUnsupported
    /// NFS locks a file only where it is open for writing, as no folder ever is.
    case needsWriting
  }
  /// The system call; a test puts another file system in its place.
  var call: @Sendable (_ descriptor: Int32, _ operation: Int32) -> Int32 = { flock($0, $1) }

  /// Takes the lock of the open file `path`: waits for it, or gives up where another holds it.
  ///
  /// - Throws: ``StorageError`` for anything but the outcomes, such as a server that has no memory for locks.
  func take(_ descriptor: Int32, _ path: String, waits: Bool) throws(StorageError) -> Outcome {
    while call(descriptor, waits ? LOCK_EX : LOCK_EX | LOCK_NB) != 0 {
      switch errno {
      case EINTR: continue
      case EWOULDBLOCK: return .isHeld
      case ENOSYS, EOPNOTSUPP, ENOTSUP: return .isUnsupported
      case EBADF: return .needsWriting
      case let code: throw .system(operation: "lock", path: path, code: code)
      }
    }
    return .taken
  }
}
