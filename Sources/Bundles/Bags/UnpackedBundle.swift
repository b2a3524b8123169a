import Foundation
package import RunStorage

/// A bundle unpacked into a temporary folder and found sound.
package struct UnpackedBundle {
  /// The report in it.
  package let report: ReportFolder
  private let folder: TemporaryEntry

  /// What the names of the temporary folders begin with.
  private static let prefix = "plateau-bundle"

  /// Unpacks the bundle at `path`. Nothing is written outside a new folder among the system's temporary ones,
  /// which is removed again after an error, and by ``remove()``; what killed processes left of theirs is removed,
  /// too.
  ///
  /// - Throws: ``BundlesError`` if it cannot be read, is not sound, or holds no report.
  package init(_ path: String, limits: ArchiveLimits = ArchiveLimits()) throws {
    let manager = FileManager.default
    let parent = manager.temporaryDirectory.path
    TemporaryEntry.removeLeftOvers(in: parent, prefix: Self.prefix)
    do {
      self.folder = try .folder(in: parent, prefix: Self.prefix)
    } catch {
      throw BundlesError.notUnpacked(path: path, folder: parent, reason: error.reason)
    }
    let folder = URL(fileURLWithPath: self.folder.path)
    do {
      let outcome = try BagVerification(path, limits: limits).outcome { file, piece in
        do throws(StorageError) {
          let place = folder.appendingPathComponent(file).path
          try FileSystem.makeFolder(FileSystem.parent(of: place))
          try FileSystem.append(piece, to: place)
        } catch {
          throw BundlesError.notUnpacked(path: path, folder: parent, reason: error.reason)
        }
      }
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
  package func remove() { try? FileManager.default.removeItem(atPath: folder.path) }

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
