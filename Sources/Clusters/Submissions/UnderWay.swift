import Foundation
import Synchronization

/// The items that a task is at, in a file that outlives its process: so the next attempt knows at what this one
/// died.
///
/// A write costs a few microseconds: the file stays open, and the system has time to put it onto the disk. A class
/// because it owns the file.
package final class UnderWay: Sendable {
  private let descriptor: Int32
  private let names = Mutex<[String]>([])

  /// Nothing is under way; the file is made, or emptied. Where it cannot be, nobody knows at what a task dies.
  package init(path: String) { descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666) }

  deinit { close(descriptor) }

  /// An item begins.
  package func begin(_ name: String) { change { $0.append(name) } }

  /// An item is done, or is left.
  package func end(_ name: String) { change { $0.removeAll { $0 == name } } }

  private func change(_ change: (inout [String]) -> Void) {
    names.withLock { names in
      change(&names)
      let bytes = Array(names.map { $0 + "\n" }.joined().utf8)
      _ = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
      ftruncate(descriptor, off_t(bytes.count))
    }
  }

  /// The names in the file of an earlier attempt.
  package static func read(_ path: String) -> [String] {
    let text = (try? String(contentsOf: URL(fileURLWithPath: path), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }
}
