import Foundation

/// Which process this is, among those of all machines that share a store.
package struct ProcessName: Codable, Equatable, Sendable {
  /// The machine's name, for people.
  package var host: String
  /// The process's number, which means something in its namespace alone.
  package var process: Int32
  /// This start of the machine, which has one kernel from then on; nil where the system does not tell.
  var boot: String?
  /// The namespace of the number; nil where `/proc` does not show it.
  var namespace: String?
  /// When the process began, since numbers are given again; nil where `/proc` does not show it.
  var start: String?

  /// This process.
  package static let this: ProcessName = {
    var name = ProcessName(host: hostName, process: getpid())
    name.boot = (try? FileSystem.contents(of: "/proc/sys/kernel/random/boot_id"))
      .map { String(decoding: $0, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines) }
    // A `/proc` of another namespace numbers the processes in another way.
    if let status = Status(of: "self"), status.process == name.process {
      name.start = status.start
      name.namespace = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
    }
    return name
  }()

  private static var hostName: String {
    var bytes = [CChar](repeating: 0, count: 256)
    guard gethostname(&bytes, bytes.count - 1) == 0 else { return "unknown" }
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether both run, or ran, on one start of one machine.
  func sharesKernel(with other: ProcessName) -> Bool { boot != nil && boot == other.boot }

  /// Whether this process has ended; nil where `observer`, the process that asks, cannot know.
  func hasEnded(seenBy observer: ProcessName) -> Bool? {
    guard sharesKernel(with: observer), let namespace, namespace == observer.namespace, let start else {
      return nil
    }
    if kill(process, 0) != 0, errno == ESRCH { return true }
    // A system may hide the processes of other users.
    guard let status = Status(of: "\(process)") else { return false }
    return status.hasEnded || status.start != start
  }

  /// What `/proc` shows of a process.
  private struct Status {
    let process: Int32
    let start: String
    /// It has ended, and its parent has not yet taken notice.
    let hasEnded: Bool

    init?(of name: String) {
      guard let bytes = try? FileSystem.contents(of: "/proc/\(name)/stat") else { return nil }
      let text = String(decoding: bytes, as: UTF8.self)
      // The second field is the program's name in brackets, and may hold anything.
      guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"),
        let process = Int32(text[..<open].trimmingCharacters(in: .whitespaces))
      else { return nil }
      let fields = text[close...].split(separator: " ")
      guard fields.count > 20 else { return nil }
      self.process = process
      hasEnded = ["Z", "X"].contains(fields[1])
      start = String(fields[20])
    }
  }
}
