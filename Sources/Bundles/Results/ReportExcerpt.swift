import Encodings
import Foundation
import ReportDocuments
import Reporting
import Specifications

/// What of a report its results can be read from, to be kept where the whole would be too much: its numbers and
/// verdicts, where they come from, the specs of its figures, and pictures.
///
/// An excerpt is a folder with some of the report's own files and its list of digests, by which those that are there
/// are checked. A whole report is one as well.
package struct ReportExcerpt: Sendable {
  /// The name of its folder, by which pages refer to it.
  package let name: String
  /// Its folder, as it was given.
  package let path: String
  /// The digest of the whole report.
  package let digest: String
  let metrics: MetricsDocument
  let provenance: ProvenanceDocument
  /// When it was made, and on what; nil where that was not kept.
  let run: RunDocument?
  /// The paths below the folder of the pictures that it has.
  private let pictures: Set<String>

  /// The name among ``RunDocument/other`` of the machine that a report was made on, in words.
  private static let machine = "machine"

  /// The excerpt, or the whole report, in the folder `path`.
  ///
  /// - Throws: ``BundlesError`` if it is neither, or a file in it is not the report's.
  package init(_ path: String) throws(BundlesError) {
    let folder = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
    guard FileManager.default.fileExists(atPath: folder.path) else { throw .notFound(path: path) }
    func bytes(_ file: String) -> Data? { try? Data(contentsOf: folder.appendingPathComponent(file)) }
    let listing = try ReportListing(folder, name: path)
    guard listing.damaged.isEmpty else {
      throw .damagedReport(path: path, missing: [], damaged: listing.damaged)
    }
    name = folder.lastPathComponent
    self.path = path
    digest = listing.digest
    pictures = Set(listing.digests.keys.filter { $0.hasSuffix(".png") }).subtracting(listing.missing)
    metrics = try ReportFolder.document(bytes(MetricsDocument.fileName), in: path)
    provenance = try ReportFolder.document(bytes(ProvenanceDocument.fileName), in: path)
    run = try bytes(RunDocument.fileName).map { data throws(BundlesError) in
      try ReportFolder.document(data, in: path)
    }
  }

  /// Its figures, such as `fig3`, in the paper's order.
  var figures: [String] { ReportRecord.inPaperOrder(provenance.figures.keys) }

  /// The path below the folder of a figure's picture; nil where the excerpt has none.
  func picture(_ figure: String) -> String? {
    let path = "figures/\(figure).png"
    return pictures.contains(path) ? path : nil
  }

  /// The machine in words: as whoever kept the excerpt said, else what the report itself knows.
  var machineWords: String {
    run?.other[Self.machine] ?? provenance.environment.architecture ?? "not stated"
  }

  /// Keeps the excerpt of `report` in the folder `path`, in place of an earlier one.
  ///
  /// Its `run.json` names neither host nor folders: excerpts are published.
  ///
  /// - Parameters:
  ///   - pictures: the figures whose pictures are kept, such as "3" or "S5"; nil for all.
  ///   - machine: what the report was made on, in words.
  /// - Throws: ``ResultsError`` for a report without such a figure, or a whole one in the folder; ``BundlesError`` for
  ///   one that cannot be read, `ReportingError` where it cannot be written.
  package static func keep(
    _ report: ReportFolder, in path: String, pictures: [String]?, machine: String?
  ) throws {
    guard !FileManager.default.fileExists(atPath: "\(path)/\(ReportInputs.fileName)") else {
      throw ResultsError.wholeReport(path: path)
    }
    let record = try ReportRecord(report)
    let known = ReportRecord.inPaperOrder(record.provenance.figures.keys)
    let figures = try pictures?.map { name throws(ResultsError) -> String in
      let id = name.filter { !$0.isWhitespace }
      guard let figure = known.first(where: { $0.lowercased() == FigureName.name(of: id).lowercased() })
      else {
        throw .noFigure(id, report: report.name, known: known.map(FigureName.id))
      }
      return figure
    }
    let kept =
      [FolderReplacement.listing, MetricsDocument.fileName, ProvenanceDocument.fileName]
      + known.map { "source/figures/\($0).yml" }
      + (figures ?? known).map { "figures/\($0).png" }
    var files: [String: Data] = [:]
    for file in kept where report.files.contains(file) { files[file] = try report.data(file) }
    if var run = record.run {
      (run.host, run.paths, run.basis) = ("", [:], nil)
      if let machine { run.other[Self.machine] = machine }
      files[RunDocument.fileName] = try run.bytes()
    }
    try FolderReplacement(path, marker: .report, inputs: [report.path(of: "")]).replace(with: files)
  }
}
