import Encodings
package import Foundation
package import RunStorage

/// A submission on disk: `store/submissions/<id>/` with `submission.json`, the list of work, the script, the specs
/// and templates as they were, logs, and what became of each task.
package struct Submission: Sendable {
  /// A submission that cannot be read.
  package struct Unreadable: Error, CustomStringConvertible {
    let path: String
    let reason: String

    package init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }

    package var description: String {
      "\(path) is no part of a submission: \(reason). Remove the folder of the submission, and submit again"
    }
  }
  package let folder: String

  /// The submission in `folder`.
  package init(folder: String) { self.folder = folder }

  private static func all(_ store: String) -> String { "\(store)/submissions" }

  /// The submissions of a store, the oldest first.
  package static func all(inStore store: String) -> [Submission] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: all(store))) ?? []
    return names.sorted().map { Submission(folder: "\(all(store))/\($0)") }
      .filter { FileManager.default.fileExists(atPath: $0.manifestPath) }
  }

  /// Makes a new submission's folder, and the folder of its logs: Slurm makes none.
  ///
  /// - Parameter date: its name begins with it.
  package static func make(inStore store: String, date: Date) throws(StorageError) -> Submission {
    let stamp = date.formatted(
      Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted, timeZone: .gmt)
    ).replacing("T", with: "-").replacing("Z", with: "")
    try FileSystem.makeFolder(all(store))
    while true {
      let digits = String(UInt16.random(in: 0...UInt16.max), radix: 16)
      let folder = "\(all(store))/\(stamp)-\(String(repeating: "0", count: 4 - digits.count))\(digits)"
      if mkdir(folder, 0o777) != 0 {
        if errno == EEXIST { continue }
        throw .system(operation: "make the folder", path: folder, code: errno)
      }
      let submission = Submission(folder: folder)
      try FileSystem.makeFolder(submission.logs)
      try FileSystem.makeFolder("\(folder)/attempts")
      return submission
    }
  }

  package var id: String { URL(fileURLWithPath: folder).lastPathComponent }
  package var logs: String { "\(folder)/logs" }
  package var scriptPath: String { "\(folder)/task.sh" }
  package var listPath: String { "\(folder)/work.tsv" }
  private var manifestPath: String { "\(folder)/submission.json" }

  /// The file of what became of a task.
  package func attemptsPath(_ array: String, _ task: Int) -> String {
    "\(folder)/attempts/\(array)-\(task).json"
  }

  /// The file in which the batch script says how the program ended: nothing is in it where its node was lost.
  package func endPath(_ array: String, _ task: Int) -> String {
    "\(folder)/\(BatchScript.endFile("\(array)-\(task)"))"
  }

  /// The file that names the items that a task is at.
  package func underWayPath(_ array: String, _ task: Int) -> String {
    "\(folder)/attempts/\(array)-\(task).now"
  }

  /// The log of a task.
  package func logPath(_ array: String, _ task: Int) -> String { "\(logs)/\(array)-\(task).log" }

  /// Copies the specs or templates of this call into the submission, so that a later change of them means nothing.
  package func freeze(_ source: String, as name: String) throws {
    try FileManager.default.copyItem(
      at: URL(fileURLWithPath: source).resolvingSymlinksInPath(),
      to: URL(fileURLWithPath: "\(folder)/\(name)"))
  }

  package func write(_ manifest: Manifest) throws {
    try DurableFile().store(Array(JSONDocument.bytes(manifest)), at: manifestPath)
  }

  package func write(_ list: WorkList) throws(StorageError) {
    try DurableFile().store(Array(list.text.utf8), at: listPath)
  }

  package func write(_ script: BatchScript) throws(StorageError) {
    try DurableFile().store(Array(script.text.utf8), at: scriptPath)
    chmod(scriptPath, 0o755)
  }

  package func manifest() throws(Unreadable) -> Manifest {
    do {
      let manifest = try JSONDecoder().decode(
        Manifest.self, from: try Data(contentsOf: URL(fileURLWithPath: manifestPath)))
      guard manifest.schema == Manifest.schema else {
        throw Unreadable(
          path: manifestPath,
          reason: "its schema is \(manifest.schema), and this program's is \(Manifest.schema)")
      }
      return manifest
    } catch let error as Unreadable {
      throw error
    } catch {
      throw Unreadable(path: manifestPath, reason: "\(error)")
    }
  }

  /// The whole list of work.
  package func list() throws(Unreadable) -> WorkList {
    let text = try text()
    do {
      return try WorkList(text)
    } catch {
      throw Unreadable(path: listPath, reason: "\(error)")
    }
  }

  /// The items of one task.
  package func items(ofTask task: Int, of array: String) throws(Unreadable) -> [WorkItem] {
    let text = try text()
    do {
      return try WorkList.items(ofTask: task, of: array, in: text)
    } catch {
      throw Unreadable(path: listPath, reason: "\(error)")
    }
  }

  private func text() throws(Unreadable) -> String {
    do {
      return String(decoding: try Data(contentsOf: URL(fileURLWithPath: listPath)), as: UTF8.self)
    } catch {
      throw Unreadable(path: listPath, reason: "\(error.localizedDescription)")
    }
  }

  /// The last line of a task's log that is not empty; nil where there is none.
  package func lastLine(ofLog path: String) -> String? {
    guard let file = FileHandle(forReadingAtPath: path), let end = try? file.seekToEnd() else { return nil }
    defer { try? file.close() }
    try? file.seek(toOffset: end > 4096 ? end - 4096 : 0)
    let text = String(decoding: (try? file.readToEnd()) ?? Data(), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).last { !$0.allSatisfy(\.isWhitespace) }.map(String.init)
  }
}
