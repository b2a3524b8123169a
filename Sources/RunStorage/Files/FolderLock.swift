#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A lock on a folder, held by one process and thread at a time and let go when the process ends.
///
/// Without it two processes that add measurements to one run could each read the old file and one would undo
/// the other; the files would be whole all the same. Where the file system has no locks, work goes on so.
struct FolderLock: ~Copyable {
  private let descriptor: Int32

  /// Waits until the lock on `folder` is free, and takes it.
  init(_ folder: String) throws(StorageError) {
    descriptor = try Self.opened(folder)
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
  }

  /// Takes the lock on `folder` where it is free; nil where another holds it.
  init?(trying folder: String) throws(StorageError) {
    let descriptor = try Self.opened(folder)
    if flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
  }

  private static func opened(_ folder: String) throws(StorageError) -> Int32 {
    try Int32(
      FileSystem.call("open the folder", folder) {
        Int(open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
      })
  }

  deinit { close(descriptor) }
}
