import Planning

/// A stored file that was not read as a result, and where it now lies.
package struct DamagedRun: Equatable, Sendable, CustomStringConvertible {
  /// The run that the file was named for.
  package let key: RunKey
  /// What is wrong with it.
  package let reason: String
  /// The path to which it was moved.
  package let setAsideAt: String

  /// What is wrong, and what happens next, for the log.
  package var description: String {
    "the stored run \(key) is damaged: \(reason). It was set aside at \(setAsideAt) and will be run again"
  }

  /// Moves the damaged file at `path`, one of the store in `folder`, out of the way.
  static func settingAside(
    _ path: String, key: RunKey, reason: String, in folder: String
  ) throws(StorageError) -> DamagedRun {
    DamagedRun(
      key: key, reason: reason,
      setAsideAt: try FileSystem.setAside(path, name: "\(key).json", in: "\(folder)/damaged"))
  }
}
