package import Planning

/// A stored file that cannot be trusted and was not read as a result, and where it now lies.
package struct DamagedFile: Equatable, Sendable, CustomStringConvertible {
  /// What the file held.
  package let kind: StoredKind
  /// The key that the file was named for.
  package let key: ContentKey
  /// What is wrong with it, as a clause such as "it is cut short".
  package let reason: String
  /// The path to which it was moved.
  package let setAsideAt: String

  /// What is wrong, where the file is now, and what happens next.
  package var description: String {
    "the stored \(kind.rawValue) \(key) is damaged: \(reason). It was set aside at \(setAsideAt); "
      + consequence
  }

  private var consequence: String {
    switch kind {
    case .run, .weights: "the run will be executed again"
    case .sample: "the sample will be drawn again"
    case .block: "its part of the sample will be drawn again"
    case .kernel: "the kernel will be computed again"
    case .kernelBlock: "its part of the kernel will be computed again"
    case .costs: "the costs will be measured again"
    case .checkpoint: "that stage of the run will start from its beginning"
    }
  }

  /// Moves the damaged file at `path`, one of the store in `folder`, to `damaged/` there; nil where another
  /// process has done so.
  ///
  /// - Parameter stage: the part of the file's name behind the key, where a key has several files.
  static func settingAside(
    _ path: String, kind: StoredKind, key: ContentKey, stage: String? = nil, reason: String, in folder: String
  ) throws(StorageError) -> DamagedFile? {
    let stem = stage.map { "\(key)-\($0)" } ?? key.description
    let name = "\(stem).\(kind.fileExtension)"
    return try FileSystem.setAside(path, name: name, in: "\(folder)/damaged").map {
      DamagedFile(kind: kind, key: key, reason: reason, setAsideAt: $0)
    }
  }
}
