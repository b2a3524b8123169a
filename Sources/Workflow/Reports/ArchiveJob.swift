package import Bundles

/// Packs a report and its runs into a bundle.
package struct ArchiveJob: Sendable {
  private let report: String
  private let store: String?
  private let output: String

  /// - Parameters:
  ///   - report: the report's folder.
  ///   - store: where its runs are; nil for the store that the report names.
  ///   - output: the file to write; one that is there is replaced.
  package init(_ report: String, store: String? = nil, output: String) {
    self.report = report
    self.store = store
    self.output = output
  }

  /// Writes the bundle.
  ///
  /// - Throws: `BundlesError` where the report or a run is missing or damaged, or the file cannot be written.
  package func execute() throws -> BundleWriter.Summary {
    let folder = try ReportFolder(report)
    return try BundleWriter(folder, store: store ?? folder.store ?? WorkRequest.standard.store).write(
      to: output)
  }
}
