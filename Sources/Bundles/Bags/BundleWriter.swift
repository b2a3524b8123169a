import Encodings
import Foundation
import Planning
package import Reporting
import RunStorage

/// Writes a report and its runs as one file.
package struct BundleWriter {
  /// What was written.
  package struct Summary: Sendable, Equatable {
    /// How many files the payload has.
    package let files: Int
    /// Their bytes.
    package let bytes: Int
    /// The SHA-256 of the archive.
    package let sha256: String
  }

  private let report: ReportFolder
  private let store: String

  /// A bundle of `report` with its runs from the store in the folder `store`.
  package init(_ report: ReportFolder, store: String) {
    self.report = report
    self.store = store
  }

  /// Writes the bundle to `output`. Equal reports and runs give equal bytes, whatever the file's name.
  ///
  /// - Throws: ``BundlesError`` if a run is not in the store, `ReportingError` if the file cannot be written.
  package func write(to output: OutputFile) throws -> Summary {
    var payload: [String: Data] = [:]
    for file in report.files { payload[file] = try report.data(file) }
    for (file, data) in try storedRuns() { payload["\(BagLayout.store)/\(file)"] = data }

    let digests = payload.mapValues { ContentDigests.digests(of: Array($0)) }
    // Another call may have replaced the report since it was verified.
    let verified = report.digests.merging([ReportFolder.sums: report.digest]) { $1 }
    let changed = verified.filter { file, digest in digests[file]?[.sha256] != digest }.keys.sorted()
    guard changed.isEmpty else {
      throw BundlesError.damagedReport(path: report.name, missing: [], damaged: changed)
    }
    var tags: [(path: String, data: Data)] = [
      (BagLayout.declarationFile, Data(BagLayout.declaration.utf8)),
      (BagLayout.infoFile, Data(info(payload).utf8)),
    ]
    for algorithm in DigestAlgorithm.allCases {
      let lines = Dictionary(
        uniqueKeysWithValues: digests.map { (BagLayout.payload + $0.key, $0.value[algorithm] ?? "") })
      tags.append((algorithm.payloadFile, Data(BagManifest.text(lines).utf8)))
    }
    let listed = tags
    for algorithm in DigestAlgorithm.allCases {
      let lines = Dictionary(
        uniqueKeysWithValues: listed.map {
          ($0.path, ContentDigests.digests(of: Array($0.data))[algorithm] ?? "")
        })
      tags.append((algorithm.tagFile, Data(BagManifest.text(lines).utf8)))
    }
    let folder = "plateau-report-\(report.digest.prefix(12))/"
    let files =
      tags.map { (path: folder + $0.path, data: $0.data) }
      + payload.sorted { $0.key < $1.key }.map { (path: folder + BagLayout.payload + $0.key, data: $0.value) }
    let archive = try ArchiveWriter.bytes(of: files)
    try output.write(archive)
    return Summary(
      files: payload.count, bytes: payload.values.reduce(0) { $0 + $1.count },
      sha256: SHA256.hex(of: Array(archive)))
  }

  private func info(_ payload: [String: Data]) -> String {
    let bytes = payload.values.reduce(0) { $0 + $1.count }
    return """
      Bag-Software-Agent: plateau \(report.plateauVersion ?? "")
      External-Description: A report of plateau with the results of its runs
      External-Identifier: sha256:\(report.digest)
      Payload-Oxum: \(bytes).\(payload.count)

      """
  }

  /// The files of the report's runs and samples, by their paths in a store; each read as a result first.
  private func storedRuns() throws -> [String: Data] {
    let runs = RunStore(folder: store)
    let samples = FunctionSampleStore(folder: store)
    var files: [String: Data] = [:]
    var missing: [ContentKey] = []
    func add<Record>(_ stored: Stored<Record>, _ key: ContentKey, _ path: String) throws {
      switch stored {
      case .missing: missing.append(key)
      case .damaged(let damage): throw BundlesError.damagedResult("\(damage)")
      case .found:
        files[String(path.dropFirst(store.count + 1))] = try Data(contentsOf: URL(fileURLWithPath: path))
      }
    }
    for key in report.inputs.runs { try add(runs.read(key), key, runs.path(for: key)) }
    for key in report.inputs.samples { try add(samples.read(key), key, samples.path(for: key)) }
    if let first = missing.first {
      throw BundlesError.runMissing(key: first.description, store: store, count: missing.count)
    }
    return files
  }
}
