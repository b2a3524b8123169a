import Foundation

/// Finds the folders of specs and templates that belong to this program.
enum ProjectFolder {
  struct NotFound: Error, CustomStringConvertible {
    let folder: String
    let file: String
    let searched: [String]
    var description: String {
      """
      cannot find \(folder)/\(file) in \(searched.joined(separator: ", ")) or above. Call plateau from the \
      project's folder, or set PLATEAU_HOME to it
      """
    }
  }

  /// The folder `name` holding `file`: in `PLATEAU_HOME`, else in the current folder or one above it, else in
  /// a folder above the program itself.
  static func find(_ name: String, containing file: String) throws -> String {
    let starts: [String]
    if let home = ProcessInfo.processInfo.environment["PLATEAU_HOME"] {
      starts = [home]
    } else {
      let program = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent().path
      starts = [FileManager.default.currentDirectoryPath] + (program.map { [$0] } ?? [])
    }
    for start in starts {
      var folder = URL(fileURLWithPath: start).standardizedFileURL
      while true {
        let candidate = folder.appendingPathComponent(name)
        if FileManager.default.fileExists(atPath: candidate.appendingPathComponent(file).path) {
          return candidate.path
        }
        let parent = folder.deletingLastPathComponent()
        if parent.path == folder.path { break }
        folder = parent
      }
    }
    throw NotFound(folder: name, file: file, searched: starts)
  }
}
