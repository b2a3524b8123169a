import Planning

/// Samples of functions on disk, by content hash: `samples/<2 hex>/<sha256>.json`, one file a sample, and
/// beside it `<sha256>.blocks/` while it is being drawn.
package struct FunctionSampleStore: Sendable {
  /// The store's folder; made by the first write.
  package let folder: String
  private let file: DurableFile

  /// The samples of the store in `folder`.
  package init(folder: String) { self.init(folder: folder, file: DurableFile()) }

  init(folder: String, file: DurableFile) {
    self.folder = folder
    self.file = file
  }

  /// What is stored under `key`. A damaged file is moved to `damaged/` and never read as a result.
  ///
  /// - Throws: ``StorageError`` where the file is there but cannot be opened, or cannot be moved.
  package func read(_ key: ContentKey) throws(StorageError) -> StoredSample {
    guard let bytes = try FileSystem.contents(of: path(for: key)) else { return .missing }
    do {
      return .found(try FunctionSampleFile.record(in: bytes, key: key))
    } catch {
      return .damaged(try .settingAside(path(for: key), kind: .sample, key: key, reason: error.reason, in: folder))
    }
  }

  /// Stores `record`, and removes the blocks it was counted from.
  ///
  /// - Throws: ``StorageError``; nothing half-written is left then.
  package func write(_ record: FunctionSampleRecord) throws(StorageError) {
    let path = path(for: record.key)
    try FileSystem.makeFolder(FileSystem.parent(of: path))
    let bytes: [UInt8]
    do {
      bytes = try FunctionSampleFile.bytes(of: record)
    } catch {
      throw .notEncodable(key: record.key.description, reason: "\(error)")
    }
    try file.store(bytes, at: path)
    blocks(of: record.key).remove()
  }

  /// The blocks of the sample while it is being drawn.
  package func blocks(of key: ContentKey) -> FunctionSampleBlocks {
    FunctionSampleBlocks(
      folder: "\(folder)/samples/\(key.description.prefix(2))/\(key).blocks", file: file)
  }

  /// Where the sample is kept.
  package func path(for key: ContentKey) -> String {
    "\(folder)/samples/\(key.description.prefix(2))/\(key).json"
  }
}
