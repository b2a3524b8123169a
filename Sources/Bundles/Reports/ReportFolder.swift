import Encodings
import Foundation
import Reporting

/// A report on disk, found whole: every file that its `SHA256SUMS` lists is there with the bytes it had.
package struct ReportFolder: Sendable {
  /// What users call it: the folder's path, or that of the bundle it comes from.
  package let name: String
  /// The digest of all its files but `run.json`: the SHA-256 of `SHA256SUMS`.
  package let digest: String
  /// The SHA-256 of each file that `SHA256SUMS` lists, which is every one but itself and `run.json`.
  let digests: [String: String]
  /// The files of the site, sorted, `SHA256SUMS` and `run.json` among them.
  package let files: [String]
  /// What it was made from.
  package let inputs: ReportInputs
  /// The version of plateau that wrote it.
  package let plateauVersion: String?
  private let folder: URL

  private static let sums = "SHA256SUMS"
  private static let volatileFile = "run.json"

  /// The report in the folder `path`; `name` is what messages call it, the path where it is left out.
  ///
  /// - Throws: ``BundlesError``.
  package init(_ path: String, name: String? = nil) throws(BundlesError) {
    let name = name ?? path
    let folder = URL(fileURLWithPath: path, isDirectory: true)
    self.name = name
    self.folder = folder
    guard FileManager.default.fileExists(atPath: path) else { throw .notFound(path: name) }
    func bytes(_ file: String) -> Data? { try? Data(contentsOf: folder.appendingPathComponent(file)) }

    guard let metrics = bytes("metrics.json") else {
      throw .notAReport(path: name, reason: "it has no metrics.json")
    }
    let marker: Marker
    do {
      marker = try JSONDecoder().decode(Marker.self, from: metrics)
    } catch {
      throw .unreadable(path: name, file: "metrics.json", reason: DecodingError.words(error))
    }
    try Self.check(marker.schema, "plateau-metrics/1", file: "metrics.json", of: name)
    plateauVersion = marker.plateauVersion
    guard let listing = bytes(Self.sums), let text = String(data: listing, encoding: .utf8),
      let listed = BagManifest.digests(text)
    else {
      throw .notAReport(path: name, reason: "its SHA256SUMS is missing or not a list of digests")
    }
    var missing: [String] = []
    var damaged: [String] = []
    for (file, expected) in listed.sorted(by: { $0.key < $1.key }) {
      guard EntryPath.problem(file) == nil, let data = bytes(file) else {
        missing.append(file)
        continue
      }
      if SHA256.hex(of: Array(data)) != expected { damaged.append(file) }
    }
    guard missing.isEmpty, damaged.isEmpty else {
      throw .damagedReport(path: name, missing: missing, damaged: damaged)
    }
    digest = SHA256.hex(of: Array(listing))
    digests = listed
    let volatiles = bytes(Self.volatileFile) == nil ? [] : [Self.volatileFile]
    files = (listed.keys + [Self.sums] + volatiles).sorted()
    inputs = try Self.inputs(bytes(ReportInputs.fileName), folder, of: name)
  }

  /// Where a file or folder of the report lies on disk.
  package func path(of file: String) -> String { folder.appendingPathComponent(file).path }

  /// The bytes of one of its files.
  package func data(_ file: String) throws(BundlesError) -> Data {
    do {
      return try Data(contentsOf: folder.appendingPathComponent(file))
    } catch {
      throw .unreadable(path: name, file: file, reason: error.localizedDescription)
    }
  }

  /// The store that the report was made from, as `run.json` names it; nil where it does not.
  package var store: String? {
    guard let data = try? data(Self.volatileFile) else { return nil }
    return (try? JSONDecoder().decode(RunFacts.self, from: data))?.paths["store"]
  }

  private struct Marker: Decodable {
    let schema: String
    let plateauVersion: String?
  }

  private struct RunFacts: Decodable { let paths: [String: String] }

  private static func inputs(
    _ data: Data?, _ folder: URL, of name: String
  ) throws(BundlesError) -> ReportInputs {
    guard let data else {
      throw .notAReport(
        path: name, reason: "it has no \(ReportInputs.fileName), as reports of older versions have none")
    }
    do {
      let marker = try JSONDecoder().decode(Marker.self, from: data)
      try check(marker.schema, ReportInputs.schema, file: ReportInputs.fileName, of: name)
      return try JSONDecoder().decode(ReportInputs.self, from: data)
    } catch let error as BundlesError {
      throw error
    } catch {
      throw .unreadable(path: name, file: ReportInputs.fileName, reason: DecodingError.words(error))
    }
  }

  private static func check(
    _ found: String, _ expected: String, file: String, of name: String
  ) throws(BundlesError) {
    guard found.hasPrefix(expected.prefix(while: { $0 != "/" })) else {
      throw .notAReport(path: name, reason: "its \(file) is of the layout '\(found)'")
    }
    guard found == expected else {
      throw .otherSchema(path: name, file: file, found: found, expected: expected)
    }
  }
}
