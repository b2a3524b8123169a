import Encodings
import Planning

/// What a store has under a key.
package enum Stored<Record: Equatable & Sendable>: Equatable, Sendable {
  /// An intact record.
  case found(Record)
  case missing
  /// A file that cannot be trusted; it was moved out of the way, and the record has to be made again.
  case damaged(DamagedFile)
}

/// A value that is stored in a file of its own, named for the content hash of what it was made from.
protocol StoredRecord: Equatable, Sendable {
  /// Which folder and which words belong to it.
  static var kind: StoredKind { get }
  /// The content hash that names the file.
  func contentKey() throws(CanonicalJSONError) -> ContentKey
  /// The bytes of the file.
  func fileContents() throws(CanonicalJSONError) -> [UInt8]
  /// The record in `bytes`, the contents of a file that is named for `key`.
  ///
  /// - Throws: ``FileDamage`` for bytes that are not what was written, or not what belongs under `key`.
  init(fileContents bytes: [UInt8], key: ContentKey) throws(FileDamage)
}

/// Why a file cannot be read as a result, as a clause such as "it is cut short".
struct FileDamage: Error, Equatable {
  let reason: String
  /// Whether an earlier version of the program wrote the file in another layout, and nothing is wrong with it.
  let isOfEarlierLayout: Bool
  init(_ reason: String, isOfEarlierLayout: Bool = false) {
    self.reason = reason
    self.isOfEarlierLayout = isOfEarlierLayout
  }
}

/// Records of one kind on disk by content hash, one file each: `<folder of the kind>/<2
/// hex>/<sha256>.<ending>`.
///
/// A file is replaced whole (``DurableFile``). A damaged one is moved to `damaged/` and never read as a
/// result.
struct ContentStore<Record: StoredRecord>: Sendable {
  /// The store's folder; made by the first write.
  let folder: String
  let file: DurableFile

  /// What a file holds, before anything is done about damage.
  enum Look {
    case found(Record)
    case missing
    case broken(FileDamage)
  }

  /// Where the record of `key` is kept.
  func path(for key: ContentKey) -> String {
    Record.kind.path(of: key, in: folder)
  }

  /// What is stored under `key`; a damaged file stays where it is.
  ///
  /// - Parameter afresh: whether it may have been stored a moment ago, by another machine.
  /// - Throws: ``StorageError`` if the file exists but cannot be read.
  func look(_ key: ContentKey, afresh: Bool = false) throws(StorageError) -> Look {
    let path = path(for: key)
    let bytes =
      afresh
      ? try FileSystem.contents(of: path, afreshBelow: folder) : try FileSystem.contents(of: path)
    guard let bytes else { return .missing }
    do {
      return .found(try Record(fileContents: bytes, key: key))
    } catch {
      return .broken(error)
    }
  }

  /// What is stored under `key`; a damaged file is set aside.
  ///
  /// - Parameter afresh: whether it may have been stored a moment ago, by another machine.
  /// - Throws: ``StorageError`` if the file exists but cannot be read, or cannot be moved.
  func read(_ key: ContentKey, afresh: Bool = false) throws(StorageError) -> Stored<Record> {
    switch try look(key, afresh: afresh) {
    case .found(let record): return .found(record)
    case .missing: return .missing
    case .broken:
      // Another process may have put a good file there since, or have set this one aside: look again while
      // nobody writes.
      let lock = try lock(key)
      defer { withExtendedLifetime(lock) {} }
      return try readLocked(key)
    }
  }

  /// Stores `record` in place of what was there.
  ///
  /// - Throws: ``StorageError``; what was there stays, and nothing half-written is left.
  func write(_ record: Record) throws(StorageError) {
    let file = try encoded(record)
    let lock = try lock(file.key)
    defer { withExtendedLifetime(lock) {} }
    try self.file.store(file.bytes, at: path(for: file.key))
  }

  /// Stores what `merge` makes of `record` and of what is stored under its key, while nobody else writes.
  ///
  /// - Throws: ``StorageError``, as ``write(_:)``.
  func write(
    _ record: Record, merging merge: (Stored<Record>) -> Record
  ) throws(StorageError) {
    let key = try key(of: record)
    let lock = try lock(key)
    defer { withExtendedLifetime(lock) {} }
    let merged = merge(try readLocked(key))
    try file.store(encoded(merged).bytes, at: path(for: key))
  }

  /// The lock of the folder of `key`, which is made.
  private func lock(_ key: ContentKey) throws(StorageError) -> FolderLock {
    let parent = FileSystem.parent(of: path(for: key))
    try FileSystem.makeFolder(parent)
    return try FolderLock(parent)
  }

  /// As ``read(_:)``, with the lock held.
  private func readLocked(_ key: ContentKey) throws(StorageError) -> Stored<Record> {
    switch try look(key) {
    case .found(let record): return .found(record)
    case .missing: return .missing
    case .broken(let damage):
      let path = path(for: key)
      guard
        let aside = try DamagedFile.settingAside(
          path, kind: Record.kind, key: key, reason: damage.reason, in: folder)
      else { return .missing }
      // Where the lock does nothing, another machine may have put a good file there meanwhile.
      if let bytes = try FileSystem.contents(of: aside.setAsideAt),
        let record = try? Record(fileContents: bytes, key: key)
      {
        try FileSystem.putBack(aside.setAsideAt, to: path)
        return .found(record)
      }
      return .damaged(aside)
    }
  }

  private func encoded(_ record: Record) throws(StorageError) -> (key: ContentKey, bytes: [UInt8]) {
    let key = try key(of: record)
    do {
      return (key, try record.fileContents())
    } catch {
      throw .notEncodable(Record.kind, key: key, reason: "\(error)")
    }
  }

  private func key(of record: Record) throws(StorageError) -> ContentKey {
    do {
      return try record.contentKey()
    } catch {
      throw .notEncodable(Record.kind, key: nil, reason: "\(error)")
    }
  }
}
