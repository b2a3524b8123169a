import ReportDocuments
import Specifications

/// What a report states for programs, read from its documents.
struct ReportRecord {
  let folder: ReportFolder
  let metrics: MetricsDocument
  let provenance: ProvenanceDocument
  let points: [String: [PanelPoints]]
  /// Nothing is judged by it; nil if the report has none that can be read.
  let run: RunDocument?

  /// - Throws: ``BundlesError`` if a document is missing, has another layout or is malformed; a NaN is no
  ///   JSON.
  init(_ folder: ReportFolder) throws(BundlesError) {
    self.folder = folder
    metrics = try folder.document()
    provenance = try folder.document()
    let points: PointsDocument = try folder.document()
    self.points = points.figures
    run = try? folder.document()
  }

  /// Figures such as `fig3` in the paper's order.
  static func inPaperOrder(_ ids: some Sequence<String>) -> [String] {
    ids.sorted { FigureOrder.precedes(FigureName.id(of: $0), FigureName.id(of: $1)) }
  }

  /// What a comparison states of the report as a whole.
  var side: ReportComparison.Side {
    ReportComparison.Side(
      name: folder.name, digest: folder.digest, plateauVersion: metrics.plateauVersion,
      profile: metrics.profile, seed: metrics.seed, command: provenance.command, finished: run?.finished)
  }
}

extension MetricsDocument.Claim {
  /// Such as "prior-is-tight (a), step likelihood": the same in every report of its figure.
  var place: String {
    name + (panel.map { " (\($0))" } ?? "") + (condition.map { ", \($0)" } ?? "")
  }
}
