import ReportDocuments
import Figures
import Foundation
import Reporting
import Specifications

/// What a report says of itself in its documents for programs: `metrics.json`, `provenance.json`, `points.json`,
/// `run.json`.
struct ReportRecord {
  let folder: ReportFolder
  let metrics: Metrics
  let provenance: Provenance
  let points: [String: [PanelPoints]]
  let run: Run?

  /// - Throws: ``BundlesError`` where a document is missing, of another layout or not as it should be; a NaN is no
  ///   JSON.
  init(_ folder: ReportFolder) throws(BundlesError) {
    self.folder = folder
    metrics = try Self.read("metrics.json", of: folder)
    provenance = try Self.read("provenance.json", of: folder)
    let points: PointsDocument = try Self.read(PointsDocument.fileName, of: folder)
    guard points.schema == PointsDocument.schema else {
      throw .otherSchema(
        path: folder.name, file: PointsDocument.fileName, found: points.schema,
        expected: PointsDocument.schema)
    }
    guard provenance.schema == "plateau-provenance/1" else {
      throw .otherSchema(
        path: folder.name, file: "provenance.json", found: provenance.schema,
        expected: "plateau-provenance/1")
    }
    self.points = points.figures
    run = folder.files.contains("run.json") ? try Self.read("run.json", of: folder) : nil
  }

  private static func read<Document: Decodable>(
    _ file: String, of folder: ReportFolder
  ) throws(BundlesError) -> Document {
    guard folder.files.contains(file) else {
      throw .notAReport(
        path: folder.name, reason: "it has no \(file), as reports of older versions have none")
    }
    do {
      return try JSONDecoder().decode(Document.self, from: folder.data(file))
    } catch let error as BundlesError {
      throw error
    } catch {
      throw .unreadable(path: folder.name, file: file, reason: DecodingError.words(error))
    }
  }

  /// `metrics.json`.
  struct Metrics: Decodable {
    struct Statistic: Decodable {
      let id: String
      let figure: String
      let panel: String
      let quantities: String
      let statistic: String
      let title: String?
      let n: Int
      let value: Double?
      let lower: Double?
      let upper: Double?
      let pValue: Double?
      let unmeasured: String?
    }
    struct Claim: Decodable {
      let name: String
      let figure: String
      let panel: String?
      let condition: String?
      let verdict: String

      /// Such as "prior-is-tight (a), step likelihood": the same in every report of its figure.
      var place: String {
        name + (panel.map { " (\($0))" } ?? "") + (condition.map { ", \($0)" } ?? "")
      }
    }
    let plateauVersion: String
    let profile: String
    let seed: UInt64
    let statistics: [Statistic]
    let claims: [Claim]
  }

  /// `provenance.json`.
  struct Provenance: Decodable {
    struct Figure: Decodable {
      struct Run: Decodable {
        let key: String
        let label: String
        let replayClass: ReplayClass
      }
      struct Data: Decodable {
        let name: String
        let sha256: String
      }
      struct Setting: Decodable {
        let path: String
        let value: String
      }
      let label: String
      let replayClass: ReplayClass
      let runs: [Run]
      let data: [Data]
      let revisions: [String: String]
      let settings: [Setting]
    }
    let schema: String
    let command: String
    let environment: [String: String]
    let figures: [String: Figure]
  }

  /// `run.json`, which no digest covers and nothing is judged by.
  struct Run: Decodable {
    let host: String?
    let finished: String?
    let versions: [String: String]?
  }

  /// Figures such as `fig3` in the paper's order.
  static func inPaperOrder(_ ids: some Sequence<String>) -> [String] {
    ids.sorted { FigureOrder.precedes(String($0.dropFirst(3)), String($1.dropFirst(3))) }
  }

  /// What is said of the report as a whole where it is compared.
  var side: ReportComparison.Side {
    ReportComparison.Side(
      name: folder.name, digest: folder.digest, plateauVersion: metrics.plateauVersion,
      profile: metrics.profile, seed: metrics.seed, command: provenance.command, finished: run?.finished)
  }
}
