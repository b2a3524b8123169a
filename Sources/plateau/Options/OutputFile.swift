import Foundation

/// A file that the user asked for.
enum OutputFile {
  struct NotWritten: Error, CustomStringConvertible {
    let path: String
    let reason: String
    var description: String {
      "\(path) could not be written: \(reason). Free space, correct the permissions or name another file"
    }
  }

  /// Writes all of it or leaves what was there.
  static func write(_ data: Data, to path: String) throws(NotWritten) {
    do {
      try data.write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw NotWritten(path: path, reason: error.localizedDescription)
    }
  }
}
