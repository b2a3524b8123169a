package import Planning

/// Finished runs on disk, by content hash: `runs/<2 hex>/<sha256>.json`, one file a run.
///
/// Several threads and processes may read and write one store at once.
package struct RunStore: Sendable {
  private let records: ContentStore<RunRecord>

  /// The store's folder; made by the first write.
  package var folder: String { records.folder }

  /// The store in `folder`. Temporary files that killed processes left there are removed.
  package init(folder: String) { self.init(folder: folder, file: DurableFile()) }

  init(folder: String, file: DurableFile) {
    records = ContentStore(folder: folder, file: file)
    LeftOvers.remove(inStore: folder)
  }

  /// What became of a record that was handed to the store.
  package struct Written: Equatable, Sendable {
    /// The record as it is stored now: with the measurements that were there before.
    package let record: RunRecord
    /// The replaced record of the same training with another outcome; its measurements are those of another
    /// network. Nil as a rule.
    package let superseded: RunRecord?
    /// The damaged file that was there, and was set aside. Nil as a rule.
    package let damaged: DamagedFile?
  }

  /// What is stored under `key`. A damaged file is moved to `damaged/` and never read as a result.
  ///
  /// - Parameter afresh: whether it may have been stored a moment ago, by another machine.
  /// - Throws: ``StorageError`` if the file exists but cannot be read, or cannot be moved.
  package func read(_ key: ContentKey, afresh: Bool = false) throws(StorageError) -> Stored<RunRecord> {
    try records.read(key, afresh: afresh)
  }

  /// Stores `record` together with the measurements that are stored under its key already.
  ///
  /// - Throws: ``StorageError``; nothing half-written is left then.
  @discardableResult
  package func write(_ record: RunRecord) throws(StorageError) -> Written {
    var merged = record
    var superseded: RunRecord?
    var damaged: DamagedFile?
    try records.write(record) { stored in
      switch stored {
      case .missing: break
      case .damaged(let damage): damaged = damage
      case .found(let earlier):
        if let both = record.merged(with: earlier) { merged = both } else { superseded = earlier }
      }
      return merged
    }
    return Written(record: merged, superseded: superseded, damaged: damaged)
  }

  /// Where the run is kept.
  package func path(for key: ContentKey) -> String { records.path(for: key) }
}
