package import Bundles
import Reporting

/// Packs a report and its runs into a bundle.
package struct ArchiveJob: Sendable {
  private let report: String
  private let store: String?
  private let output: String

  /// - Parameters:
  ///   - report: the report's folder.
  ///   - store: where its runs are; nil for the store that the report names.
  ///   - output: the file to write; an archive that is there is replaced.
  package init(_ report: String, store: String? = nil, output: String) {
    self.report = report
    self.store = store
    self.output = output
  }

  /// What was written, and whether to standard output, which then takes nothing else.
  package struct Outcome: Sendable {
    package let summary: BundleWriter.Summary
    package let isOnStandardOutput: Bool
  }

  /// Writes the bundle.
  ///
  /// - Throws: `BundlesError` where the report or a run is missing or damaged, `ReportingError` where the file
  ///   cannot be written.
  package func execute() throws -> Outcome {
    let folder = try ReportFolder(report)
    let store = store ?? folder.store ?? WorkRequest.standard.store
    let gzip: [UInt8] = [0x1F, 0x8B]
    let file = try OutputFile(output, inputs: [report, store], makesFolder: true, replacing: gzip)
    return Outcome(
      summary: try BundleWriter(folder, store: store).write(to: file),
      isOnStandardOutput: file.isStandardOutput)
  }
}
