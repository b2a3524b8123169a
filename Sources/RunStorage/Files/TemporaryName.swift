import Encodings
import Foundation

/// The name of a file or folder that is being written. It names the machine and the process that write it, so
/// that what a killed process left can be told from work under way, whatever else shares the folder.
struct TemporaryName: Equatable, CustomStringConvertible {
  /// What names of files and folders that are being written begin with.
  static let standardPrefix = ".writing"

  let prefix: String
  /// ``thisHost`` of the machine; nil in names of older versions, which did not tell.
  let host: String?
  let process: Int32
  let number: Int

  /// A name of this process.
  init(prefix: String = standardPrefix, number: Int) {
    self.init(prefix: prefix, host: Self.thisHost, process: getpid(), number: number)
  }

  init(prefix: String = standardPrefix, host: String?, process: Int32, number: Int) {
    self.prefix = prefix
    self.host = host
    self.process = process
    self.number = number
  }

  /// The parts of a name such as `.writing-0a1b2c3d-1234-0`; nil for any other name.
  init?(_ name: String, prefix: String = standardPrefix) {
    guard name.hasPrefix(prefix),
      let match = name.dropFirst(prefix.count).wholeMatch(of: /(?:-([0-9a-f]{8}))?-([0-9]+)-([0-9]+)/),
      let process = Int32(match.output.2), let number = Int(match.output.3)
    else { return nil }
    self.init(prefix: prefix, host: match.output.1.map(String.init), process: process, number: number)
  }

  var description: String {
    ([prefix] + [host].compactMap(\.self) + ["\(process)", "\(number)"]).joined(separator: "-")
  }

  /// Eight digits for this machine since it was started: process numbers mean something beside them alone.
  static let thisHost: String = {
    let this = ProcessName.this
    return String((this.boot ?? SHA256.hex(of: Array(this.host.utf8))).prefix(8))
  }()

  /// Whether what bears this name is left over, last changed `age` seconds ago and not locked by its writer.
  ///
  /// A free lock proves it where the writer is of this machine since its start, in whatever namespace. Of
  /// another machine we may not see the lock, nor where the file system has none; there a day proves it.
  func isLeftOver(age: Int, lock: FileLock.Outcome) -> Bool {
    if lock == .isHeld { return false }
    if age > 86_400 { return true }
    return host == Self.thisHost && lock == .taken
  }
}
