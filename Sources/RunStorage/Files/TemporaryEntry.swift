import Foundation

/// A file or folder that is being written: under a name of its own, and with a lock on it for as long as this
/// value lives. Removing it, or giving it its final name, is left to whoever fills it.
package final class TemporaryEntry: Sendable {
  /// Where it lies.
  package let path: String
  /// It, open; for writing where it is a file.
  let descriptor: Int32

  /// A new empty file in `folder`.
  static func file(in folder: String, lock: FileLock = FileLock()) throws(StorageError) -> TemporaryEntry {
    try make(in: folder, prefix: TemporaryName.standardPrefix, lock) { path in
      open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    }
  }

  /// A new empty folder in `folder`, whose name begins with `prefix`.
  package static func folder(
    in folder: String, prefix: String = TemporaryName.standardPrefix
  ) throws(StorageError) -> TemporaryEntry {
    try make(in: folder, prefix: prefix, FileLock()) { path in
      guard mkdir(path, 0o777) == 0 else { return -1 }
      let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      // Without a lock as yet, another process may have taken it for left over: then it needs another name.
      if descriptor < 0, errno == ENOENT { errno = EEXIST }
      return descriptor
    }
  }

  private init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  private static func make(
    in folder: String, prefix: String, _ lock: FileLock, open make: (String) -> Int32
  ) throws(StorageError) -> TemporaryEntry {
    var number = 0
    while true {
      let path = "\(folder)/\(TemporaryName(prefix: prefix, number: number))"
      let descriptor = make(path)
      if descriptor < 0, errno == EINTR { continue }
      if descriptor < 0, errno != EEXIST { throw .system(operation: "create", path: path, code: errno) }
      if descriptor >= 0 {
        do throws(StorageError) {
          // Before the lock was there, another process may have taken it for left over.
          let outcome = try lock.take(descriptor, path, waits: false)
          if outcome != .isHeld, FileSystem.isSame(descriptor, path) {
            return TemporaryEntry(path: path, descriptor: descriptor)
          }
        } catch {
          close(descriptor)
          throw error
        }
        close(descriptor)
      }
      number += 1
    }
  }

  deinit { close(descriptor) }

  /// Removes what killed processes left in `folder` under names that begin with `prefix`. What cannot be
  /// removed stays: it does no harm.
  package static func removeLeftOvers(in folder: String, prefix: String = TemporaryName.standardPrefix) {
    for name in FileSystem.names(in: folder) {
      guard let name = TemporaryName(name, prefix: prefix) else { continue }
      let path = "\(folder)/\(name)"
      var status = stat()
      guard lstat(path, &status) == 0, status.st_uid == geteuid() else { continue }
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      guard isFolder || status.st_mode & S_IFMT == S_IFREG else { continue }
      let flags = isFolder ? O_RDONLY | O_DIRECTORY : O_RDWR | O_NONBLOCK
      let descriptor = open(path, flags | O_NOFOLLOW | O_CLOEXEC)
      guard descriptor >= 0 else { continue }
      // The lock is held until it is gone, so that its writer cannot begin to use it meanwhile.
      defer { close(descriptor) }
      let lock = (try? FileLock().take(descriptor, path, waits: false)) ?? .isUnsupported
      guard name.isLeftOver(age: time(nil) - status.st_mtim.tv_sec, lock: lock) else { continue }
      if isFolder { try? FileManager.default.removeItem(atPath: path) } else { unlink(path) }
    }
  }
}
