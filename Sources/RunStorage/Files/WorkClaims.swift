package import Planning

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Who makes what in a store, so that several processes share the work: each result is made by one of them, and
/// the others take it.
///
/// A claim is a lock on the file `claims/<sha256>`, which is removed with it. It ends with its process, however
/// that ends.
package struct WorkClaims: Sendable {
  /// The right to make one thing.
  package final class Claim: Sendable {
    private let path: String
    private let descriptor: Int32

    fileprivate init(path: String, descriptor: Int32) {
      self.path = path
      self.descriptor = descriptor
    }

    deinit {
      unlink(path)
      close(descriptor)
    }
  }
  private let folder: String

  /// The claims of the store in `folder`.
  package init(store folder: String) { self.folder = "\(folder)/claims" }

  /// Whether a claim keeps others away: the file system has locks.
  package func areExclusive() throws(StorageError) -> Bool {
    try FileSystem.makeFolder(folder)
    return try FolderLock(folder).isHeld
  }

  /// Claims what `key` names; nil where another has claimed it.
  ///
  /// Where the file system has no locks, everybody gets the claim: work is then done more than once.
  package func claim(_ key: ContentKey) throws(StorageError) -> Claim? {
    try FileSystem.makeFolder(folder)
    let path = "\(folder)/\(key)"
    while true {
      let descriptor = try Int32(
        FileSystem.call("open", path) { Int(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)) })
      var isKept = false
      defer { if !isKept { close(descriptor) } }
      let outcome = try FileLock().take(descriptor, path, waits: false)
      if outcome == .isHeld { return nil }
      // The last holder may have removed the file between its opening and its locking.
      guard FileSystem.isSame(descriptor, path) else { continue }
      isKept = true
      return Claim(path: path, descriptor: descriptor)
    }
  }

  /// Calls `body` with what `key` names claimed; waits for that as long as `isCancelled` is false, and gives
  /// nil where it becomes true.
  ///
  /// - Parameter waiting: called once, before the wait.
  package func holding<Result>(
    _ key: ContentKey, isCancelled: () -> Bool, waiting: () -> Void, _ body: () throws -> Result?
  ) throws -> Result? {
    var hasToldOfWaiting = false
    while true {
      if let claim = try claim(key) {
        defer { withExtendedLifetime(claim) {} }
        return try body()
      }
      if isCancelled() { return nil }
      if !hasToldOfWaiting { waiting() }
      hasToldOfWaiting = true
      usleep(Self.pause)
    }
  }

  /// Microseconds between two looks at a claim of another.
  package static let pause: UInt32 = 200_000

  /// Removes the files of claims that ended with their process.
  func removeLeftOvers() {
    for name in FileSystem.names(in: folder) {
      if let key = ContentKey(name) { _ = try? claim(key) }
    }
  }
}
