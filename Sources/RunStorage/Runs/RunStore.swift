import Planning

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Results on disk, by content hash: `runs/<2 hex>/<sha256>.json`, one file a run.
///
/// Several threads and processes may read and write one store at once.
package struct RunStore: Sendable {
  /// The store's folder; made by the first write.
  package let folder: String
  private let file: DurableFile

  /// The store in `folder`. Temporary files that killed processes left there are removed.
  package init(folder: String) { self.init(folder: folder, file: DurableFile()) }

  init(folder: String, file: DurableFile) {
    self.folder = folder
    self.file = file
    removeLeftOvers()
  }

  /// What is stored under `key`. A damaged file is moved to `damaged/` and never read as a result.
  ///
  /// - Throws: ``StorageError`` where the file is there but cannot be opened, or cannot be moved.
  package func read(_ key: ContentKey) throws(StorageError) -> StoredRun {
    switch try look(key) {
    case .found(let record): return .found(record)
    case .missing: return .missing
    case .broken:
      // Another process may have put a good file there since: look again while nobody writes.
      return try readLocked(key, FolderLock(FileSystem.parent(of: path(for: key))))
    }
  }

  /// Stores `record` together with the measurements that are stored under its key already.
  ///
  /// - Throws: ``StorageError``; nothing half-written is left then.
  @discardableResult
  package func write(_ record: RunRecord) throws(StorageError) -> WrittenRun {
    let path = path(for: record.key)
    let parent = FileSystem.parent(of: path)
    try FileSystem.makeFolder(parent)
    let lock = try FolderLock(parent)
    var merged = record
    var superseded: RunRecord?
    var damaged: DamagedFile?
    switch try readLocked(record.key, lock) {
    case .missing: break
    case .damaged(let damage): damaged = damage
    case .found(let earlier):
      if let both = record.merged(with: earlier) { merged = both } else { superseded = earlier }
    }
    let bytes: [UInt8]
    do {
      bytes = try RunFile.bytes(of: merged)
    } catch {
      throw .notEncodable(key: record.key.description, reason: "\(error)")
    }
    try file.store(bytes, at: path)
    return WrittenRun(record: merged, superseded: superseded, damaged: damaged)
  }

  /// Where the run's trained weights are kept, when they are.
  package func weightsPath(for key: ContentKey) -> String {
    "\(folder)/weights/\(key.description.prefix(2))/\(key).safetensors"
  }

  /// Where the run is kept.
  package func path(for key: ContentKey) -> String {
    "\(folder)/runs/\(key.description.prefix(2))/\(key).json"
  }

  private enum Look {
    case found(RunRecord)
    case missing
    case broken(String)
  }

  private func look(_ key: ContentKey) throws(StorageError) -> Look {
    guard let bytes = try FileSystem.contents(of: path(for: key)) else { return .missing }
    do {
      return .found(try RunFile.record(in: bytes, key: key))
    } catch {
      return .broken(error.reason)
    }
  }

  /// As ``read(_:)``, for a caller who holds the lock of the key's folder.
  private func readLocked(_ key: ContentKey, _ lock: borrowing FolderLock) throws(StorageError) -> StoredRun {
    switch try look(key) {
    case .found(let record): return .found(record)
    case .missing: return .missing
    case .broken(let reason):
      return .damaged(try .settingAside(path(for: key), kind: .run, key: key, reason: reason, in: folder))
    }
  }

  private func removeLeftOvers() {
    for part in ["runs", "samples"] {
      for prefix in FileSystem.names(in: "\(folder)/\(part)") {
        removeLeftOvers(in: "\(folder)/\(part)/\(prefix)")
      }
    }
  }

  /// Those of one folder, and of the folders of blocks in it.
  private func removeLeftOvers(in folder: String) {
    for name in FileSystem.names(in: folder) {
      let path = "\(folder)/\(name)"
      if name.hasSuffix(".blocks") { removeLeftOvers(in: path) }
      guard let temporary = TemporaryName(name) else { continue }
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      let age = time(nil) - status.st_mtim.tv_sec
      if temporary.isLeftOver(age: age) { unlink(path) }
    }
  }
}
