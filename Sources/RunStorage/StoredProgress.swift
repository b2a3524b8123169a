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
    let kinds: [StoredKind] = [.run, .sample, .kernel]
    let files = kinds.map { "\(folder($0, key))/\(key).\($0.fileExtension)" }
    let checkpoints = "\(folder(.checkpoint, key))/\(key)"
    let blocks = [StoredKind.sample, .kernel].flatMap { kind -> [String] in
      let folder = "\(folder(kind, key))/\(key).blocks"
      return finished(folder) { name in
        part.map { part in Int(name.prefix { $0 != "-" }).map(part.contains) ?? false } ?? true
      }
    }
    let all = files + finished(checkpoints) + blocks
    return SHA256.hex(ofText: all.compactMap(mark(ofFile:)).joined(separator: "\n"))
  }

  /// Of which networks or initialisations there are blocks.
  package func blocks(of kind: StoredKind, _ key: ContentKey) -> [Range<Int>] {
    FileSystem.names(in: "\(folder(kind, key))/\(key).blocks").compactMap { name in
      let parts = name.split(whereSeparator: { $0 == "-" || $0 == "." })
      guard parts.count == 3, let first = Int(parts[0]), let count = Int(parts[1]) else { return nil }
      return first..<first + count
    }
  }

  /// Whether there is a file of this kind.
  package func holds(_ kind: StoredKind, _ key: ContentKey) -> Bool {
    access("\(folder(kind, key))/\(key).\(kind.fileExtension)", F_OK) == 0
  }

  private func folder(_ kind: StoredKind, _ key: ContentKey) -> String {
    "\(store)/\(kind.folder)/\(key.description.prefix(2))"
  }

  /// The files in a folder that are not being written.
  private func finished(_ folder: String, where isWanted: (String) -> Bool = { _ in true }) -> [String] {
    FileSystem.names(in: folder).filter { !$0.hasPrefix(".") && isWanted($0) }.map { "\(folder)/\($0)" }
  }

  private func mark(ofFile path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return "\(path) \(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
  }
}
