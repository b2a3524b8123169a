#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Writes whole files: under a temporary name in the same folder, synced, then renamed, so that a file is
/// either there with all its bytes or not there, whenever the process or the machine dies.
package struct DurableFile: Sendable {
  /// The system call `write`; a test puts a full disk in its place.
  private let writeBytes: @Sendable (Int32, UnsafeRawPointer, Int) -> Int

  package init() { self.init { write($0, $1, $2) } }

  init(writeBytes: @escaping @Sendable (Int32, UnsafeRawPointer, Int) -> Int) { self.writeBytes = writeBytes }

  /// Stores `bytes` at `path`, whose folder exists.
  ///
  /// - Throws: ``StorageError``; what was there stays then, and nothing half-written is left.
  package func store(_ bytes: [UInt8], at path: String) throws(StorageError) {
    let folder = FileSystem.parent(of: path)
    // Another machine that shares the folder may not see the lock on a temporary file, and clean it up after a
    // day: then the renaming finds nothing, and is worth another try.
    var attempts = 3
    while true {
      let temporary = try TemporaryEntry.file(in: folder)
      do throws(StorageError) {
        try fill(temporary, bytes, replacing: path)
        try FileSystem.call("rename a temporary file to", path) {
          withExtendedLifetime(temporary) { Int(rename(temporary.path, path)) }
        }
        break
      } catch {
        unlink(temporary.path)
        attempts -= 1
        guard case .system(_, path, ENOENT) = error, attempts > 0 else { throw error }
      }
    }
    try FileSystem.synchronise(folder: folder)
  }

  /// Fills a temporary file, and has it on the disk, as open to others as the file that it will replace.
  private func fill(
    _ temporary: TemporaryEntry, _ bytes: [UInt8], replacing earlier: String
  ) throws(StorageError) {
    let (path, descriptor) = (temporary.path, temporary.descriptor)
    var status = stat()
    if stat(earlier, &status) == 0 { fchmod(descriptor, status.st_mode & 0o777) }
    try FileSystem.fill(descriptor, path, bytes, by: writeBytes)
    try FileSystem.call("synchronise", path) { Int(fsync(descriptor)) }
  }
}
