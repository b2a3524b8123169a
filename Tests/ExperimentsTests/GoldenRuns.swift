import Foundation
import Planning
import RunStorage
import Specifications

/// Results that were stored once, with the revisions of the methods that made them.
struct GoldenRuns: Codable {
  struct Revisions: Codable, Equatable {
    var training = MethodRevision.training
    var sharpness = MeasureDefinition.of(.sharpness).revision
    var prior = MeasureDefinition.of(.prior).revision
    var hessian = MeasureDefinition.of(.hessian).revision
    var timeline = MethodRevision.timeline
    var monteCarloKernel = MethodRevision.monteCarloKernel
    var functionSample = MethodRevision.functionSample
  }
  struct Run: Codable {
    let key: ContentKey
    let spec: TrainingSpec
    let results: RunResult
  }
  let revisions: Revisions
  let dataDigest: String
  let runs: [Run]
  let residual: GoldenResidualRun
  let functionSample: FunctionSample

  /// How many functions random networks gave, and the most frequent of them.
  struct FunctionSample: Codable, Equatable {
    let distinct: Int
    let functions: [String]
    let counts: [Int]

    init(_ result: FunctionSampleResult) {
      distinct = result.distinct
      functions = Array(result.functions.prefix(4))
      counts = Array(result.counts.prefix(4))
    }
  }

  init(_ records: [RunRecord], residual: GoldenResidualRun, functionSample: FunctionSample) {
    self.residual = residual
    self.functionSample = functionSample
    revisions = Revisions()
    dataDigest = records.first?.dataDigest ?? ""
    runs = records.map { Run(key: $0.key, spec: $0.spec, results: $0.results) }
  }

  /// What is stored beside the tests.
  static func stored() throws -> GoldenRuns {
    let file = Bundle.module.bundleURL.appendingPathComponent("Oracles/golden-runs.json")
    return try JSONDecoder().decode(GoldenRuns.self, from: Data(contentsOf: file))
  }

  /// Replaces the stored file in the source tree.
  func store() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Oracles/golden-runs.json")
    try (encoder.encode(self) + Data("\n".utf8)).write(to: file)
  }
}
