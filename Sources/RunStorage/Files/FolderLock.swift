#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A lock on a folder, held by one process and thread at a time and let go when the process ends.
///
/// In a store it is the second line: whoever adds to a record has claimed it (``WorkClaims``). Where the file
/// system has no locks, or none between machines, work goes on without. NFS has none for folders: there a file
/// `.plateau-lock` in the folder stands for it.
package final class FolderLock: Sendable {
  private let descriptor: Int32

  /// Waits until the lock on `folder` is free, and takes it.
  package convenience init(_ folder: String) throws(StorageError) { try self.init(folder, lock: FileLock()) }

  init(_ folder: String, lock: FileLock) throws(StorageError) {
    guard let descriptor = try Self.taken(folder, lock, waits: true) else {
      throw .system(operation: "lock", path: folder, code: EWOULDBLOCK)
    }
    self.descriptor = descriptor
  }

  /// The lock on `folder` where it is free, or comes free in the time of `patience`; nil where another holds it.
  package static func waiting(
    for folder: String, patience: Duration
  ) throws(StorageError) -> FolderLock? {
    let end = ContinuousClock.now + patience
    while true {
      if let lock = try FolderLock(trying: folder) { return lock }
      if ContinuousClock.now > end { return nil }
      usleep(20_000)
    }
  }

  /// Takes the lock on `folder` where it is free; nil where another holds it.
  package init?(trying folder: String) throws(StorageError) {
    guard let descriptor = try Self.taken(folder, FileLock(), waits: false) else { return nil }
    self.descriptor = descriptor
  }

  private static func taken(
    _ folder: String, _ lock: FileLock, waits: Bool
  ) throws(StorageError) -> Int32? {
    for (path, flags) in [(folder, O_RDONLY | O_DIRECTORY), ("\(folder)/.plateau-lock", O_RDWR | O_CREAT)] {
      let descriptor = try Int32(
        FileSystem.call("open", path) { Int(open(path, flags | O_CLOEXEC, 0o666)) })
      var isKept = false
      defer { if !isKept { close(descriptor) } }
      let outcome = try lock.take(descriptor, path, waits: waits)
      if outcome == .needsWriting { continue }
      if outcome == .isHeld { return nil }
      isKept = true
      return descriptor
    }
    throw .system(operation: "lock", path: folder, code: EBADF)
  }

  deinit { close(descriptor) }
}
