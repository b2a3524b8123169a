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
  init(_ reason: String) { self.reason = reason }
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
    "\(folder)/\(Record.kind.folder)/\(key.description.prefix(2))/\(key).\(Record.kind.fileExtension)"
  }

  /// What is stored under `key`; a damaged file stays where it is.
  ///
  /// - Throws: ``StorageError`` if the file exists but cannot be read.
  func look(_ key: ContentKey) throws(StorageError) -> Look {
    guard let bytes = try FileSystem.contents(of: path(for: key)) else { return .missing }
    do {
      return .found(try Record(fileContents: bytes, key: key))
    } catch {
      return .broken(error)
    }
  }

  /// What is stored under `key`; a damaged file is set aside.
  ///
  /// - Throws: ``StorageError`` if the file exists but cannot be read, or cannot be moved.
  func read(_ key: ContentKey) throws(StorageError) -> Stored<Record> {
    switch try look(key) {
    case .found(let record): return .found(record)
    case .missing: return .missing
    case .broken(let damage):
      return .damaged(
        try .settingAside(
          path(for: key), kind: Record.kind, key: key, reason: damage.reason, in: folder))
    }
  }

  /// Stores `record` in place of what was there.
  ///
  /// - Throws: ``StorageError``; what was there stays, and nothing half-written is left.
  func write(_ record: Record) throws(StorageError) {
    var key: ContentKey?
    let bytes: [UInt8]
    let path: String
    do throws(CanonicalJSONError) {
      let recordKey = try record.contentKey()
      key = recordKey
      path = self.path(for: recordKey)
      bytes = try record.fileContents()
    } catch {
      throw .notEncodable(Record.kind, key: key, reason: "\(error)")
    }
    try FileSystem.makeFolder(FileSystem.parent(of: path))
    try file.store(bytes, at: path)
  }
}
