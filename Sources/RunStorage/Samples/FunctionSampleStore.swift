package import Planning

/// Samples of functions on disk, by content hash: `samples/<2 hex>/<sha256>.json`, one file a sample, and
/// beside it `<sha256>.blocks/` while it is being drawn.
package struct FunctionSampleStore: Sendable {
  private let records: ContentStore<FunctionSampleRecord>

  /// The samples of the store in `folder`, which is made by the first write.
  package init(folder: String) { self.init(folder: folder, file: DurableFile()) }

  init(folder: String, file: DurableFile) { records = ContentStore(folder: folder, file: file) }

  /// What is stored under `key`. A damaged file is moved to `damaged/` and never read as a result.
  ///
  /// Blocks of a stored sample are removed: their process was killed before it did so.
  ///
  /// - Parameter afresh: whether it may have been stored a moment ago, by another machine.
  /// - Throws: ``StorageError`` if the file exists but cannot be read, or cannot be moved.
  package func read(
    _ key: ContentKey, afresh: Bool = false
  ) throws(StorageError) -> Stored<FunctionSampleRecord> {
    let stored = try records.read(key, afresh: afresh)
    if case .found = stored { blocks(of: key).remove() }
    return stored
  }

  /// Stores `record`, and removes the blocks it was counted from.
  ///
  /// - Throws: ``StorageError``; nothing half-written is left then.
  package func write(_ record: FunctionSampleRecord) throws(StorageError) {
    try records.write(record)
    blocks(of: record.key).remove()
  }

  /// The blocks of the sample while it is being drawn.
  package func blocks(of key: ContentKey) -> StoredBlocks {
    StoredBlocks(
      kind: .block, key: key, folder: "\(FileSystem.parent(of: path(for: key)))/\(key).blocks",
      store: records.folder,
      file: records.file)
  }

  /// Where the sample is kept.
  package func path(for key: ContentKey) -> String { records.path(for: key) }
}
