import Encodings
import Foundation
import ReportDocuments
import Reporting
import RunStorage
import Specifications

@testable import Bundles

/// A folder with a small report that is whole, a store with its one run, and their bundle.
struct SampleSite {
  let folder: URL
  let record: RunRecord

  var report: String { folder.appendingPathComponent("report").path }
  var store: String { folder.appendingPathComponent("store").path }
  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("bundles-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    record = try RunRecord(
      spec: TrainingSpec(
        dataset: DatasetSpec(
          name: .mnist, task: .digits0to4Versus5to9, train: 4, attackPool: 4, test: 4),
        network: NetworkSpec(kind: .fcn, hidden: [2], biasStandardDeviation: 1),
        optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.1, batch: 2), attackSize: 0, sample: 0,
        stop: StopSpec(at: .zeroErrorOnTrain, epochs: 3), seed: 1),
      dataDigest: SHA256.hex(of: [1]), dataSummary: "four images",
      results: RunResult(
        training: TrainingResult(
          status: .converged, epochs: 1, lossOnTrain: 0.5, trainAccuracy: 1, attackAccuracy: nil,
          testAccuracy: 0.5, function: "0101", parameterNorm: 1), measurements: [:]),
      provenance: RunProvenance(
        plateauVersion: "0", blasKernel: "k", blasLibrary: "l", architecture: "a", swiftVersion: "s",
        replayClass: .bitwise, secondsOfTraining: 1, secondsByMeasurement: [:]))
    try RunStore(folder: store).write(record)
    let inputs = ReportInputs(
      profile: .smoke, seed: 1, chosenFigures: nil, date: "1970-01-01T00:00:00Z", decisions: [],
      runs: [record.key], samples: [], specs: [:])
    try write(
      [
        "metrics.json": try MetricsDocument(
          plateauVersion: "0", profile: "smoke", seed: 1, statistics: [], claims: []
        ).bytes(),
        "inputs.json": try inputs.bytes(), "index.html": Data("<p>".utf8),
        "data/fig1.csv": Data(),
      ])
    var run = ReportSketch().run
    run.paths = [RunDocument.store: "/nowhere"]
    try write(run)
  }

  /// Replaces `run.json`, which no digest covers.
  func write(_ run: RunDocument) throws {
    try run.bytes().write(to: URL(fileURLWithPath: report + "/run.json"))
  }

  /// Puts files into the report and lists them all in its `SHA256SUMS`.
  func write(_ files: [String: Data]) throws {
    for (name, data) in files {
      let url = URL(fileURLWithPath: report).appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try data.write(to: url)
    }
    let sums = files.sorted { $0.key < $1.key }.map {
      "\(SHA256.hex(of: Array($0.value)))  \($0.key)\n"
    }
    try Data(sums.joined().utf8).write(to: URL(fileURLWithPath: report + "/SHA256SUMS"))
  }

  /// The files of the report's bundle, by their paths in it, in order.
  func bundled() throws -> [(path: String, data: Data)] {
    try BundleWriter(ReportFolder(report), store: store).write(
      to: OutputFile(path("whole.tar.gz"), inputs: [], makesFolder: true))
    var files: [(path: String, data: Data)] = []
    try ArchiveReader(path: path("whole.tar.gz"), limits: ArchiveLimits()).forEachFile { name, next in
      var data = Data()
      while case let piece = try next(), !piece.isEmpty { data.append(contentsOf: piece) }
      files.append((name, data))
    }
    return files
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }
}
