import Encodings
package import Planning

/// Monte-Carlo kernels on disk, by content hash: `kernels/<2 hex>/<sha256>.kernel`, one file each.
///
/// A file is replaced whole as initialisations are added, so that a killed run resumes from the last.
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

  /// Stores `kernel` in place of what was there.
  ///
  /// - Throws: ``StorageError``; what was there stays then.
  package func write(_ kernel: StoredKernel) throws(StorageError) { try records.write(kernel) }
}
