import Encodings
package import Planning

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What a store holds of some work, without reading it.
package struct StoredProgress: Sendable {
  private let store: String

  /// That of the store in `folder`.
  package init(store folder: String) { store = folder }

  /// A text that changes whenever a record, a block or a checkpoint of `key` is written.
  ///
  /// - Parameter part: only blocks that begin there count; nil for all.
  package func mark(of key: ContentKey, part: Range<Int>? = nil) -> String {
    let files = [StoredKind.run, .sample, .kernel].map { $0.path(of: key, in: store) }
    let checkpoints = "\(StoredKind.checkpoint.folder(of: key, in: store))/\(key)"
    // What is being written has a name that begins with a dot.
    let states = FileSystem.names(in: checkpoints).filter { !$0.hasPrefix(".") }.map {
      "\(checkpoints)/\($0)"
    }
    let blocks =
      FunctionSampleStore(folder: store).blocks(of: key).files(in: part)
      + KernelStore(folder: store).blocks(of: key).files(in: part)
    return SHA256.hex(ofText: (files + states + blocks).compactMap(mark(ofFile:)).joined(separator: "\n"))
  }

  /// Whether there is a file of this kind.
  package func holds(_ kind: StoredKind, _ key: ContentKey) -> Bool {
    access(kind.path(of: key, in: store), F_OK) == 0
  }

  private func mark(ofFile path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return "\(path) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
  }
}
