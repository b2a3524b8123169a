import Foundation
package import RunStorage

/// A bundle unpacked into a temporary folder and found sound.
package struct UnpackedBundle {
  /// The report in it.
  package let report: ReportFolder
  private let folder: URL

  /// Unpacks the bundle at `path`. Nothing is written outside a new folder among the system's temporary ones,
  /// which is removed again after an error, and by ``remove()``.
  ///
  /// - Throws: ``BundlesError`` if it cannot be read, is not sound, or holds no report.
  package init(_ path: String, limits: ArchiveLimits = ArchiveLimits()) throws {
    let manager = FileManager.default
    folder = manager.temporaryDirectory.appendingPathComponent("plateau-bundle-\(UUID().uuidString)")
    let folder = self.folder
    do {
      try manager.createDirectory(at: folder, withIntermediateDirectories: true)
      var open: (path: String, handle: FileHandle)?
      let outcome = try BagVerification(path, limits: limits).outcome { file, piece in
        if open?.path != file {
          try open?.handle.close()
          let url = folder.appendingPathComponent(file)
          try manager.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
          guard manager.createFile(atPath: url.path, contents: nil) else {
            throw BundlesError.cannotWrite(path: url.path, reason: "the file could not be made")
          }
          open = (file, try FileHandle(forWritingTo: url))
        }
        try open?.handle.write(contentsOf: piece)
      }
      try open?.handle.close()
      guard outcome.problems.isEmpty else {
        throw BundlesError.damagedBag(path: path, problems: outcome.problems)
      }
      report = try ReportFolder(folder.appendingPathComponent(BagLayout.payload).path, name: path)
    } catch {
      try? manager.removeItem(at: folder)
      throw error
    }
  }

  /// Removes the temporary folder.
  package func remove() { try? FileManager.default.removeItem(at: folder) }

  /// The report's runs.
  package func records() throws -> [RunRecord] {
    let store = RunStore(folder: report.path(of: BagLayout.store))
    return try report.inputs.runs.map { key in
      guard case .found(let record) = try store.read(key) else {
        throw BundlesError.runMissing(key: key.description, store: report.name, count: 1)
      }
      return record
    }
  }

  /// The report's samples of functions.
  package func samples() throws -> [FunctionSampleRecord] {
    let store = FunctionSampleStore(folder: report.path(of: BagLayout.store))
    return try report.inputs.samples.map { key in
      guard case .found(let record) = try store.read(key) else {
        throw BundlesError.runMissing(key: key.description, store: report.name, count: 1)
      }
      return record
    }
  }
}
