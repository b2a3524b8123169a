import Foundation

/// A report opened for reading, from its folder or unpacked from its bundle.
package struct OpenedReport {
  /// The report.
  package let report: ReportFolder
  private let bundle: UnpackedBundle?

  /// Opens a report's folder or a bundle, of which no more than `limits` is read.
  ///
  /// - Throws: ``BundlesError`` if it is neither, or is damaged.
  package init(_ path: String, limits: ArchiveLimits = ArchiveLimits()) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw BundlesError.notFound(path: path)
    }
    if isFolder.boolValue {
      bundle = nil
      report = try ReportFolder(path)
    } else {
      let unpacked = try UnpackedBundle(path, limits: limits)
      bundle = unpacked
      report = unpacked.report
    }
  }

  /// Removes the temporary folder of a bundle.
  package func close() { bundle?.remove() }
}
