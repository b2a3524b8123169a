import Planning

/// A stored file that cannot be trusted and was not read as a result, and where it now lies.
package struct DamagedFile: Equatable, Sendable, CustomStringConvertible {
  /// What the file held.
  package enum Kind: String, Equatable, Sendable {
    case run
    case sample = "sample of functions"
    case kernel = "Monte-Carlo kernel"
    case checkpoint

    /// The ending of the file's name.
    var fileExtension: String {
      switch self {
      case .run, .sample: "json"
      case .kernel: "kernel"
      case .checkpoint: "checkpoint"
      }
    }

    /// What the program does without it.
    fileprivate var consequence: String {
      switch self {
      case .run: "the run will be executed again"
      case .sample: "the sample will be drawn again"
      case .kernel: "the kernel will be computed again"
      case .checkpoint: "that stage of the run will start from its beginning"
      }
    }
  }

  /// What the file held.
  package let kind: Kind
  /// The key that the file was named for.
  package let key: ContentKey
  /// What is wrong with it, as a clause such as "it is cut short".
  package let reason: String
  /// The path to which it was moved.
  package let setAsideAt: String

  /// What is wrong, where the file is now, and what happens next.
  package var description: String {
    "the stored \(kind.rawValue) \(key) is damaged: \(reason). It was set aside at \(setAsideAt); "
      + kind.consequence
  }

  /// Moves the damaged file at `path`, one of the store in `folder`, to `damaged/` there.
  ///
  /// - Parameter stage: the part of the file's name behind the key, for the files of which a key has several.
  static func settingAside(
    _ path: String, kind: Kind, key: ContentKey, stage: String? = nil, reason: String, in folder: String
  ) throws(StorageError) -> DamagedFile {
    let name = [key.description, stage].compactMap(\.self).joined(separator: "-")
    return DamagedFile(
      kind: kind, key: key, reason: reason,
      setAsideAt: try FileSystem.setAside(path, name: "\(name).\(kind.fileExtension)", in: "\(folder)/damaged"))
  }
}
