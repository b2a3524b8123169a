import CFolderExchange
import Encodings
package import Foundation
package import ReportDocuments
import RunStorage

/// Replaces a folder that plateau wrote, as a whole: the new one is written beside it and then exchanged with
/// it in one step, so that there is a whole one whenever the process dies.
///
/// Files of others in the folder are never removed: where there are some, it is not replaced. Several calls may
/// write one folder at once; the last one's stays.
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

  /// How the new folder came into its place.
  package enum Placement: Sendable, Equatable {
    /// In one step.
    case atOnce
    /// In two, since the file system cannot exchange folders: had the process died between them, the earlier
    /// folder would have stood under a hidden name until the next call.
    case inTwoSteps
  }

  /// The list of the folder's files with their digests.
  package static let listing = "SHA256SUMS"

  /// The system's exchange of two folders: 0 or an errno. A test puts another file system in its place.
  var exchange: (String, String) -> Int32 = { plateau_exchange($0, $1) }

  /// How long another call may take for its steps. Whoever locks the folder around ours for longer is none: the
  /// program may be called by it, as `flock . plateau report` does.
  var patience = Duration.seconds(5)

  private let path: String
  private let target: String
  private let marker: Marker
  private var parent: String { FileSystem.parent(of: target) }
  /// Where the earlier folder stands between two steps.
  private var previous: String { "\(parent)/.\((target as NSString).lastPathComponent).previous" }

  /// Checks that `path` may be replaced: absent, empty, or a folder with `marker` and without files of others;
  /// and that it neither is nor holds one of the `inputs` of the call.
  package init(_ path: String, marker: Marker, inputs: [String] = []) throws(ReportingError) {
    self.path = path
    self.marker = marker
    // A link to a folder stays a link; what it points to is replaced.
    do throws(ReportingError) {
      switch try OutputPath(path) {
      case .folder(let place), .file(let place): target = place
      case .stream, .descriptor, .other: throw .notAFolder(path: path)
      }
    } catch {
      guard case .fileNotWritten(_, let reason) = error else { throw error }
      throw .cannotWrite(path: path, reason: reason)
    }
    for input in inputs {
      let place = OutputPath.resolved(input)
      if place == target || place.hasPrefix(target == "/" ? "/" : target + "/") {
        throw .inputInOutput(path: path, input: input)
      }
    }
    // Where there is one to lock: another call may be replacing the folder just now.
    let lock = try? FolderLock.waiting(for: parent, patience: patience)
    defer { withExtendedLifetime(lock) {} }
    try check()
  }

  /// Checks that the folder around the target is there, or can be made, and can be written to.
  package func checkParent() throws(ReportingError) {
    do {
      try FileSystem.makeFolder(parent)
    } catch {
      throw .cannotWrite(path: path, reason: error.reason)
    }
    guard FileManager.default.isWritableFile(atPath: parent) else {
      throw .cannotWrite(path: path, reason: "no permission to write in \(parent)")
    }
  }

  /// Writes `files` (path below the folder → bytes) in place of the earlier contents. ``listing`` is among
  /// them.
  @discardableResult
  package func replace(with files: [String: Data]) throws(ReportingError) -> Placement {
    precondition(files[Self.listing] != nil, "expected a list of the files, by which they are known again")
    try checkParent()
    TemporaryEntry.removeLeftOvers(in: parent)
    let partial: TemporaryEntry
    do {
      partial = try TemporaryEntry.folder(in: parent)
    } catch {
      throw .cannotWrite(path: path, reason: error.reason)
    }
    // The new folder where something went wrong, and the earlier one where nothing did.
    defer { withExtendedLifetime(partial) { try? FileManager.default.removeItem(atPath: partial.path) } }
    do {
      for (path, data) in files.sorted(by: { $0.key < $1.key }) {
        let file = "\(partial.path)/\(path)"
        try FileSystem.makeFolder(FileSystem.parent(of: file))
        try FileSystem.create([UInt8](data), at: file)
      }
      let lock = try FolderLock.waiting(for: parent, patience: patience)
      defer { withExtendedLifetime(lock) {} }
      return try place(partial.path, isAlone: lock != nil)
    } catch let error as ReportingError {
      throw error
    } catch {
      throw .cannotWrite(path: path, reason: Self.reason(error))
    }
  }

  /// The text of ``listing`` for `files`: a digest and a path a line, as `sha256sum` writes it.
  package static func sums(_ files: [String: Data]) -> String {
    files.sorted { $0.key < $1.key }.map { "\(SHA256.hex(of: Array($0.value)))  \($0.key)\n" }.joined()
  }

  /// Gives the new folder its place; the earlier one is then at `partial`.
  ///
  /// - Parameter isAlone: whether no other call does so meanwhile.
  private func place(_ partial: String, isAlone: Bool) throws -> Placement {
    // A call that died between two steps.
    if isAlone, access(target, F_OK) != 0, access(previous, F_OK) == 0 { try move(previous, to: target) }
    try check()
    guard access(target, F_OK) == 0 else {
      try move(partial, to: target)
      return .atOnce
    }
    switch exchange(partial, target) {
    case 0: return .atOnce
    // The last for a folder in a lower layer of a container's file system, which is copied then.
    case ENOSYS, EINVAL, ENOTSUP, EOPNOTSUPP, EXDEV: break
    case let code: throw StorageError.system(operation: "replace", path: target, code: code)
    }
    guard isAlone else {
      throw ReportingError.cannotWrite(path: path, reason: "another process keeps a lock on \(parent)")
    }
    // Of a call that died when the new folder stood.
    try? FileManager.default.removeItem(atPath: previous)
    try move(target, to: previous)
    do {
      try move(partial, to: target)
    } catch {
      try move(previous, to: target)
      throw error
    }
    try move(previous, to: partial)
    return .inTwoSteps
  }

  private func move(_ source: String, to target: String) throws {
    try FileManager.default.moveItem(atPath: source, toPath: target)
  }

  /// Checks that nothing but an earlier folder of its kind would be replaced.
  private func check() throws(ReportingError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: target, isDirectory: &isFolder) else { return }
    guard isFolder.boolValue else { throw .notAFolder(path: path) }
    let names: [String]
    do {
      names = try FileManager.default.subpathsOfDirectory(atPath: target)
    } catch {
      throw .cannotWrite(path: path, reason: Self.reason(error))
    }
    guard !names.isEmpty else { return }
    guard holdsMarker else { throw .notReplaceable(path: path, kind: marker.kind, file: marker.file) }
    let own = ownPaths
    let foreign = names.filter { !own.contains($0) }.sorted()
    guard foreign.isEmpty else { throw .foreignFiles(path: path, kind: marker.kind, files: foreign) }
  }

  /// The files that the earlier folder was written with, and the folders that they are in.
  private var ownPaths: Set<String> {
    let text = (try? String(contentsOfFile: "\(target)/\(Self.listing)", encoding: .utf8)) ?? ""
    var paths: Set<String> = [Self.listing, RunDocument.fileName, marker.file]
    for line in text.split(separator: "\n") {
      guard let name = line.split(separator: " ", maxSplits: 1).last?.drop(while: { $0 == " " }) else {
        continue
      }
      var path = String(name)
      while paths.insert(path).inserted, path.contains("/") { path = FileSystem.parent(of: path) }
    }
    return paths
  }

  private var holdsMarker: Bool {
    guard let data = FileManager.default.contents(atPath: "\(target)/\(marker.file)"),
      let found = try? JSONDecoder().decode(DocumentHeader.self, from: data)
    else { return false }
    return found.schema.hasPrefix(marker.schemaPrefix)
  }

  /// The system's words, if it has any: "No space left on device" says more than "could not be saved".
  private static func reason(_ error: any Error) -> String {
    if let error = error as? StorageError { return error.reason }
    let error = error as NSError
    let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError
    return (underlying ?? error).localizedDescription.withoutFinalStop
  }
}
