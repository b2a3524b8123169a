import Encodings
package import Foundation
import ReportDocuments

/// Turns a report's content into the folder that is archived and compared.
///
/// `index.html`, `style.css`, `figures/<id>.{png,svg,pdf}`, `data/<id>*.csv`, `data/claims.csv`,
/// `metrics.json`, `points.json`, `provenance.json`, `inputs.json` and `source/` (what the report is made
/// from), `report.pdf`, `CHECKLIST.md`, `CITATION.cff`, `ro-crate-metadata.json`, `SHA256SUMS` and
/// `run.json`. Equal contents and templates give equal bytes; only `run.json` holds what may differ, and no digest covers it.
package struct SiteWriter: Sendable {
  private let templates: TemplateSet

  /// A writer with the templates (`*.mustache`) and the style sheet (`style.css`) of `templates`.
  package init(templates folder: String) throws(ReportingError) {
    templates = try TemplateSet(folder: folder, page: "page", assets: ["style.css"])
  }

  /// The bytes of every template and style sheet that reports are made with, by file name.
  package var sources: [String: Data] { templates.sources }

  /// Checks, before any work is done, that a report may be written to `folder`, which is none of the `inputs`
  /// of the call and holds none.
  package func check(output folder: String, inputs: [String]) throws(ReportingError) {
    try FolderReplacement(folder, marker: .report, inputs: inputs).checkParent()
  }

  /// Writes the report to `folder`, replacing an earlier report there as a whole.
  ///
  /// Everything is written beside the folder first and moved into place at the end: after an error the
  /// earlier report is as it was. A folder that holds anything but a report is never replaced.
  @discardableResult
  package func write(
    _ content: ReportContent, volatile: VolatileFacts, to folder: String
  ) throws(ReportingError) -> SiteSummary {
    try Self.check(content)
    let target = try FolderReplacement(folder, marker: .report)
    var files = content.sections.reduce(into: Self.tables(content)) { files, figure in
      files["figures/\(figure.id).png"] = Data(figure.picture.png)
      files["figures/\(figure.id).svg"] = Data(figure.picture.svg)
      files["figures/\(figure.id).pdf"] = Data(figure.picture.pdf)
    }
    if !content.printed.isEmpty { files["report.pdf"] = Data(content.printed) }
    files["index.html"] = templates.page(PageView(content))
    files.merge(templates.assets) { $1 }
    for (name, text) in content.inputs.specs { files["source/figures/\(name)"] = Data(text.utf8) }
    for (name, data) in templates.sources { files["source/report-templates/\(name)"] = data }
    let digest: String
    do {
      files[ReportInputs.fileName] = try content.inputs.bytes()
      files[PointsDocument.fileName] = try PointsDocument(
        figures: Dictionary(
          content.sections.map { ($0.id, $0.points) }, uniquingKeysWith: { first, _ in first })
      ).bytes()
      files["CHECKLIST.md"] = Data(ChecklistDocument(content: content).text.utf8)
      files["CITATION.cff"] = Data(try Citations(content: content).file().utf8)
      files[MetricsDocument.fileName] = try MetricsDocument(content).bytes()
      files[ProvenanceDocument.fileName] = try ProvenanceDocument(content).bytes()
      files["ro-crate-metadata.json"] = try JSONDocument.bytes(
        CrateDocument(content: content, files: files).json)
      let sums = FolderReplacement.sums(files)
      files[FolderReplacement.listing] = Data(sums.utf8)
      digest = SHA256.hex(of: Array(sums.utf8))
      files[RunDocument.fileName] = try RunDocument(volatile, siteDigest: digest).bytes()
    } catch {
      throw .cannotWrite(path: folder, reason: "\(error)")
    }
    let placement = try target.replace(with: files)
    return SiteSummary(digest: digest, files: files.keys.sorted(), placement: placement)
  }

  private static func tables(_ content: ReportContent) -> [String: Data] {
    var files = ["data/claims.csv": Data(ClaimsTable(content: content).csv.utf8)]
    for figure in content.sections {
      for table in figure.tables { files["data/\(figure.id)\(table.suffix).csv"] = Data(table.csv.utf8) }
    }
    return files
  }

  /// Ids make file names and anchors, and claims rest on statistics: both must be sound before anything is
  /// written.
  private static func check(_ content: ReportContent) throws(ReportingError) {
    // The page's own anchors, and the table of claims.
    var ids: Set<String> = [
      "cite", "claims", "contents", "data-sets", "environment", "figures", "main", "methods", "overview",
      "references",
      "run-notes", "table1",
    ]
    for figure in content.sections {
      guard figure.id.wholeMatch(of: #/[A-Za-z][A-Za-z0-9\-]*/#) != nil else {
        throw .figureIdentifier(figure.id)
      }
      guard ids.insert(figure.id).inserted else { throw .duplicate(id: figure.id) }
    }
    var statistics: Set<String> = []
    for row in content.sections.flatMap(\.statistics) where !statistics.insert(row.id).inserted {
      throw .duplicate(id: row.id)
    }
    for claim in content.claims {
      for id in claim.statistics where !statistics.contains(id) {
        throw .unknownStatistic(id: id, claim: claim.name)
      }
    }
  }
}

/// The files of a written report.
package struct SiteSummary: Sendable, Equatable {
  /// The SHA-256 of `SHA256SUMS`, and so of every file but `run.json`: equal for equal content.
  package let digest: String
  /// The paths below the folder, sorted.
  package let files: [String]
  /// How the folder came into its place.
  package let placement: FolderReplacement.Placement
}
