package import Foundation
package import ReportDocuments

/// Replaces a folder that plateau wrote, as a whole: the new one is written beside it and then moved into its
/// place.
package struct FolderReplacement {
  /// How a folder that may be replaced is known: by a file of JSON in it with a schema.
  package struct Marker: Sendable {
    /// What the folder holds, such as "report".
    let kind: String
    /// The file's name.
    let file: String
    /// What the file's `schema` begins with.
    let schemaPrefix: String

    /// Folders that hold `kind`, with the file of a document in any of its layouts.
    package init<Document: VersionedDocument>(kind: String, _ document: Document.Type) {
      self.kind = kind
      file = Document.fileName
      schemaPrefix = Document.schemaPrefix
    }

    /// A report.
    package static let report = Marker(kind: "report", MetricsDocument.self)
  }

  private let target: URL
  private var parent: URL { target.deletingLastPathComponent() }
  private var partial: URL { parent.appendingPathComponent(".\(target.lastPathComponent).partial") }
  private var previous: URL { parent.appendingPathComponent(".\(target.lastPathComponent).previous") }

  /// Checks that `path` may be replaced: absent, empty, or a folder with `marker`.
  package init(_ path: String, marker: Marker) throws(ReportingError) {
    // A link to a folder stays a link; what it points to is replaced.
    target = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL.resolvingSymlinksInPath()
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: target.path, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else { throw .notAFolder(path: path) }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: target.path)
    } catch {
      throw .cannotWrite(path: path, reason: Self.reason(error))
    }
    guard names.isEmpty || Self.holds(marker, target) else {
      throw .notReplaceable(path: path, kind: marker.kind, file: marker.file)
    }
  }

  /// Checks that the folder around the target is there, or can be made, and can be written to.
  package func checkParent() throws(ReportingError) {
    do {
      try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: target.path, reason: Self.reason(error))
    }
    guard FileManager.default.isWritableFile(atPath: parent.path) else {
      throw .cannotWrite(path: target.path, reason: "no permission to write in \(parent.path)")
    }
  }

  /// Writes `files` (path below the folder → bytes) in place of the earlier contents.
  package func replace(with files: [String: Data]) throws(ReportingError) {
    let manager = FileManager.default
    do {
      try manager.createDirectory(at: parent, withIntermediateDirectories: true)
      // Left behind by a process that was killed while it wrote.
      if manager.fileExists(atPath: partial.path) { try manager.removeItem(at: partial) }
      for (path, data) in files.sorted(by: { $0.key < $1.key }) {
        let file = partial.appendingPathComponent(path)
        try manager.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: file)
      }
      try moveIntoPlace()
    } catch {
      try? manager.removeItem(at: partial)
      throw .cannotWrite(path: target.path, reason: Self.reason(error))
    }
  }

  private func moveIntoPlace() throws {
    let manager = FileManager.default
    guard manager.fileExists(atPath: target.path) else {
      try manager.moveItem(at: partial, to: target)
      return
    }
    if manager.fileExists(atPath: previous.path) { try manager.removeItem(at: previous) }
    try manager.moveItem(at: target, to: previous)
    do {
      try manager.moveItem(at: partial, to: target)
    } catch {
      try manager.moveItem(at: previous, to: target)
      throw error
    }
    // The new report stands; what cannot be removed now is removed by the next call.
    try? manager.removeItem(at: previous)
  }

  private static func holds(_ marker: Marker, _ folder: URL) -> Bool {
    guard let data = try? Data(contentsOf: folder.appendingPathComponent(marker.file)),
      let found = try? JSONDecoder().decode(DocumentHeader.self, from: data)
    else { return false }
    return found.schema.hasPrefix(marker.schemaPrefix)
  }

  /// The system's words, if it has any: "No space left on device" says more than "could not be saved".
  private static func reason(_ error: any Error) -> String {
    let error = error as NSError
    let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError
    return (underlying ?? error).localizedDescription.withoutFinalStop
  }
}
