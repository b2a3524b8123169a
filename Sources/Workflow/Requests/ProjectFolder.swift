import Foundation

/// The folders of specs and templates that belong to the program.
package struct ProjectFolder: Sendable {
  package struct NotFound: Error, CustomStringConvertible {
    let folder: String
    let file: String
    let searched: [String]

    package var description: String {
      """
      cannot find \(folder)/\(file) in \(searched.joined(separator: ", ")) or above. Call plateau from the \
      project's folder, or set PLATEAU_HOME to it
      """
    }
  }
  private let starts: [String]

  /// The project's folder is `home` or one above it. Where no home is given, it is looked for in the current
  /// folder and those above, then in the folders above `program`.
  package init(home: String?, currentFolder: String, program: String? = nil) {
    starts = home.map { [$0] } ?? [currentFolder] + [program].compactMap { $0 }
  }

  /// The folder of the figure specs, the claims, Table 1 and the tolerances.
  package func specs() throws(NotFound) -> String { try find("figures", containing: "table1.yml") }

  /// The folder of the templates, found by the one that is needed.
  package func templates(with template: String) throws(NotFound) -> String {
    try find("report-templates", containing: template)
  }

  private func find(_ name: String, containing file: String) throws(NotFound) -> String {
    for start in starts {
      var folder = URL(fileURLWithPath: start).standardizedFileURL
      while true {
        let candidate = folder.appendingPathComponent(name)
        if FileManager.default.fileExists(atPath: candidate.appendingPathComponent(file).path) {
          return candidate.path
        }
        let parent = folder.deletingLastPathComponent()
        // Foundation puts ".." behind a path that is not absolute, such as that of a deleted working folder.
        guard parent.path.utf8.count < folder.path.utf8.count else { break }
        folder = parent
      }
    }
    throw NotFound(folder: name, file: file, searched: starts)
  }
}
