import Foundation
import Planning
import Specifications

@testable import RunStorage

/// Small records, and folders that are removed at the end of a test.
enum SampleRuns {
  static let sharpness = MeasurementSpec.atZeroError(
    .sharpness(
      SharpnessSettings(
        row: "mnist-fcn", method: .sgd, box: 1e-4, batch: 32, learningRate: 1e-3, epochs: 100),
      trace: false
    )
  ).identity
  static let prior = MeasurementSpec.atZeroError(
    .prior(
      PriorSettings(kernel: .nngp, likelihood: .probit, weightVariance: 2, biasVariance: 1)
    )
  ).identity

  /// A run with the measurements named, of a network that found `function`.
  static func record(
    sample: Int = 0, function: String = "0110", measuring names: [String] = [sharpness], loss: Double = 0.1
  ) throws -> RunRecord {
    let spec = TrainingSpec(
      dataset: DatasetSpec(name: .mnist, task: .digits0to4Versus5to9, train: 2, attackPool: 2, test: 2),
      network: NetworkSpec(kind: .fcn, hidden: [4], biasStandardDeviation: 1),
      optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 2), attackSize: 0, sample: sample,
      stop: StopSpec(at: .zeroErrorOnTrain, epochs: 9), seed: 1)
    let training = TrainingResult(
      status: .converged, epochs: 3, lossOnTrain: loss, trainAccuracy: 1, attackAccuracy: nil,
      testAccuracy: 0.5, function: function, parameterNorm: 1.5)
    var measurements: [String: MeasurementResult] = [:]
    for name in names {
      measurements[name] =
        name.hasPrefix("prior")
        ? .prior(
          PriorResult(
            logProbabilityInNats: -2.7725887222397811, n: 4, sweeps: 3, lastChange: 1e-9, converged: true,
            damping: 1))
        : .sharpness(SharpnessResult(sharpness: 3, loss: loss, maximumLoss: 0.2, epochs: 100))
    }
    let provenance = RunProvenance(
      plateauVersion: "0.1.0", blasKernel: "Haswell", blasLibrary: "OpenBLAS", architecture: "x86_64",
      swiftVersion: "6.3", replayClass: .bitwise, secondsOfTraining: 0.25,
      secondsByMeasurement: Dictionary(uniqueKeysWithValues: names.map { ($0, 0.5) }))
    return try RunRecord(
      spec: spec, dataDigest: "d1", dataSummary: "MNIST – “é”",
      results: .init(training: training, measurements: measurements),
      provenance: provenance)
  }

  /// Runs `body` with a folder that does not exist yet, and removes it afterwards.
  static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "plateau-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder)
  }

  /// The files below `folder`, by path below it, sorted.
  static func files(in folder: String) -> [String] {
    var isFolder: ObjCBool = false
    let paths = FileManager.default.subpaths(atPath: folder) ?? []
    return paths.filter {
      FileManager.default.fileExists(atPath: "\(folder)/\($0)", isDirectory: &isFolder) && !isFolder.boolValue
    }.sorted()
  }

  /// The bytes of the run's file.
  static func bytes(_ store: RunStore, _ key: ContentKey) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: store.path(for: key))))
  }

  /// Puts `bytes` in the place of the run's file.
  static func overwrite(_ store: RunStore, _ key: ContentKey, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(filePath: store.path(for: key)))
  }
}
