import Encodings
package import Planning

/// Monte-Carlo kernels on disk, by content hash: `kernels/<2 hex>/<sha256>.kernel`, one file each, and beside it
/// `<sha256>.blocks/` while it is being made.
package struct KernelStore: Sendable {
  private let records: ContentStore<StoredKernel>

  /// The kernels of the store in `folder`, which is made by the first write.
  package init(folder: String) { self.init(folder: folder, file: DurableFile()) }

  init(folder: String, file: DurableFile) { records = ContentStore(folder: folder, file: file) }

  /// What is stored under `key`. A damaged file is moved to `damaged/` and never read as a result.
  ///
  /// - Parameter afresh: whether it may have been stored a moment ago, by another machine.
  /// - Throws: ``StorageError`` if the file exists but cannot be read, or cannot be moved.
  package func read(_ key: ContentKey, afresh: Bool = false) throws(StorageError) -> Stored<StoredKernel> {
    try records.read(key, afresh: afresh)
  }

  /// Stores `kernel` in place of what was there, and removes the blocks that it is the sum of.
  ///
  /// - Throws: ``StorageError``; what was there stays then.
  package func write(_ kernel: StoredKernel) throws(StorageError) {
    try records.write(kernel)
    if let key = try? kernel.contentKey() { blocks(of: key).remove() }
  }

  /// The blocks of the kernel while it is being made.
  package func blocks(of key: ContentKey) -> StoredBlocks {
    StoredBlocks(
      kind: .kernelBlock, key: key, folder: "\(FileSystem.parent(of: records.path(for: key)))/\(key).blocks",
      store: records.folder, file: records.file)
  }
}
