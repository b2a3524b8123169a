#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The name of a file that is being written: it tells which process writes it, so that the leavings of a
/// process that was killed can be told from work under way.
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
  /// number went to another process long since.
  func isLeftOver(age: Int) -> Bool {
    let isGone = kill(process, 0) != 0 && errno == ESRCH
    return isGone || age > 86_400
  }
}
