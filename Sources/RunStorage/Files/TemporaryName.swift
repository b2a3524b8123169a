#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The name of a file that is being written. It names the process that writes it, so that what a killed
/// process left can be told from work under way.
struct TemporaryName: Equatable, CustomStringConvertible {
  let process: Int32
  let number: Int

  init(process: Int32, number: Int) {
    self.process = process
    self.number = number
  }

  /// The parts of a name such as `.writing-1234-0`; nil for any other name.
  init?(_ name: String) {
    guard let match = name.wholeMatch(of: /\.writing-([0-9]+)-([0-9]+)/),
      let process = Int32(match.output.1), let number = Int(match.output.2)
    else { return nil }
    self.init(process: process, number: number)
  }

  var description: String { ".writing-\(process)-\(number)" }

  /// Whether a file of this name, last changed `age` seconds ago, is left over: its process is gone, or the
  /// number has long since gone to another process.
  func isLeftOver(age: Int) -> Bool {
    let isGone = kill(process, 0) != 0 && errno == ESRCH
    return isGone || age > 86_400
  }

  /// Removes the left-over files of the store in `folder`.
  static func removeLeftOvers(inStore folder: String) {
    for kind in StoredKind.allCases {
      for prefix in FileSystem.names(in: "\(folder)/\(kind.folder)") {
        removeLeftOvers(in: "\(folder)/\(kind.folder)/\(prefix)")
      }
    }
    removeLeftOvers(in: "\(folder)/weights")
  }

  /// Those of one folder, and of the folders in it: blocks of samples, checkpoints of a run, weights.
  private static func removeLeftOvers(in folder: String) {
    for name in FileSystem.names(in: folder) {
      let path = "\(folder)/\(name)"
      if name.hasSuffix(".blocks") || !name.contains(".") { removeLeftOvers(in: path) }
      guard let temporary = TemporaryName(name) else { continue }
      var status = stat()
      guard lstat(path, &status) == 0 else { continue }
      let age = time(nil) - status.st_mtim.tv_sec
      if temporary.isLeftOver(age: age) { unlink(path) }
    }
  }
}
