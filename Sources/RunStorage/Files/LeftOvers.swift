#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What killed processes left in a store.
enum LeftOvers {
  /// Removes it from the store in `folder`.
  static func remove(inStore folder: String) {
    for kind in Set(StoredKind.allCases.map(\.folder)) { remove(below: "\(folder)/\(kind)") }
    WorkClaims(store: folder).removeLeftOvers()
  }

  /// Removes that of one folder, and of the folders in it: of keys that begin alike, blocks of samples,
  /// checkpoints of a run.
  private static func remove(below folder: String) {
    TemporaryEntry.removeLeftOvers(in: folder)
    for name in FileSystem.names(in: folder) {
      let path = "\(folder)/\(name)"
      if name.hasSuffix(".blocks") || !name.contains(".") { remove(below: path) }
      // Earlier versions wrote weights by Foundation, which names its temporary files so.
      if name.hasPrefix(".dat.nosync"), let age = FileSystem.age(of: path), age > 60 { unlink(path) }
    }
  }
}
