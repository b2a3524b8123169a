#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes whole files: under a temporary name in the same folder, synced, then renamed, so that a file is
/// either there with all its bytes or not there, whenever the process or the machine dies.
struct DurableFile: Sendable {
  /// The system call `write`; a test puts a full disk in its place.
  var writeBytes: @Sendable (Int32, UnsafeRawPointer, Int) -> Int = { write($0, $1, $2) }

  /// Stores `bytes` at `path`, whose folder exists.
  func store(_ bytes: [UInt8], at path: String) throws(StorageError) {
    let folder = FileSystem.parent(of: path)
    // Another machine that shares the folder cannot see that this process lives, and may clean up its
    // temporary file: then the renaming finds nothing, and is worth another try.
    var attempts = 3
    while true {
      let temporary = try writeTemporary(bytes, in: folder)
      if rename(temporary, path) == 0 { break }
      let code = errno
      unlink(temporary)
      attempts -= 1
      if code != ENOENT || attempts == 0 {
        throw .system(operation: "rename a temporary file to", path: path, code: code)
      }
    }
    try FileSystem.synchronise(folder: folder)
  }

  /// The path of a new file that holds `bytes` and is on the disk; none is left where that fails.
  private func writeTemporary(_ bytes: [UInt8], in folder: String) throws(StorageError) -> String {
    let (temporary, descriptor) = try openTemporary(in: folder)
    var isOpen = true
    do throws(StorageError) {
      try fill(descriptor, temporary, bytes)
      try FileSystem.call("synchronise", temporary) { Int(fsync(descriptor)) }
      isOpen = false
      if close(descriptor) != 0 {
        throw .system(operation: "close", path: temporary, code: errno)
      }
      return temporary
    } catch {
      if isOpen { close(descriptor) }
      unlink(temporary)
      throw error
    }
  }

  private func openTemporary(in folder: String) throws(StorageError) -> (path: String, descriptor: Int32) {
    var number = 0
    while true {
      let path = "\(folder)/\(TemporaryName(process: getpid(), number: number))"
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (path, descriptor) }
      if errno != EEXIST, errno != EINTR { throw .system(operation: "create", path: path, code: errno) }
      if errno == EEXIST { number += 1 }
    }
  }

  private func fill(_ descriptor: Int32, _ path: String, _ bytes: [UInt8]) throws(StorageError) {
    var written = 0
    while written < bytes.count {
      written += try FileSystem.call("write", path) {
        bytes[written...].withUnsafeBytes { rest in
          rest.baseAddress.map { writeBytes(descriptor, $0, rest.count) } ?? 0
        }
      }
    }
  }
}
