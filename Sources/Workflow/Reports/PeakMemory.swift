import Foundation

/// The largest resident set that this process has had, as Linux tells it.
enum PeakMemory {
  /// In bytes; nil on systems without `/proc`.
  static var bytes: Int? {
    (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)).flatMap(bytes(inStatus:))
  }

  /// The high-water mark in the text of `/proc/<process>/status` (proc(5)), such as `VmHWM:     2088 kB`; there "kB"
  /// means 1024 bytes. nil where the text has none.
  ///
  /// The mark begins with the program; that of `getrusage` may come from the process that called it.
  static func bytes(inStatus text: String) -> Int? {
    text.split(separator: "\n").lazy.compactMap { line in
      line.wholeMatch(of: /VmHWM:\s*([0-9]+) kB\s*/).flatMap { Int($0.1) }
    }.first.map { $0 * 1024 }
  }
}
