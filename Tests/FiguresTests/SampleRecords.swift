import Foundation
import Planning
import RunStorage
import Specifications

@testable import Figures

/// Records and specs made by hand, no run behind them.
enum SampleRecords {
  static let table = SharpnessSettings(
    row: "mnist-fcn", method: .sgd, box: 1e-4, batch: 32, learningRate: 1e-3, epochs: 100)
  static let sharpness = MeasurementSpec.atZeroError(.sharpness(table, trace: false))
  static let trace = MeasurementSpec.atZeroError(.sharpness(table, trace: true))

  static let ascent = Measure.sharpness(table, trace: false)

  static func priorMeasure(_ likelihood: PriorSettings.Likelihood) -> Measure {
    .prior(PriorSettings(kernel: .nngp, likelihood: likelihood, weightVariance: 2, biasVariance: 1))
  }

  static func prior(_ likelihood: PriorSettings.Likelihood) -> MeasurementSpec {
    .atZeroError(priorMeasure(likelihood))
  }

  static func group(
    attackSizes: [Int] = [0, 10, 20, 30, 40, 50],
    measurements: [MeasurementSpec] = [sharpness, prior(.heaviside), prior(.probit)]
  ) -> RunGroup {
    RunGroup(
      dataset: DatasetSpec(name: .mnist, task: .digits0to4Versus5to9, train: 2, attackPool: 50, test: 2),
      network: NetworkSpec(kind: .fcn, hidden: [4], biasStandardDeviation: 1),
      optimiser: OptimiserSpec(rule: .sgd, learningRate: 0.01, batch: 2), attackSizes: attackSizes,
      samplesPerSize: 1, stop: StopSpec(at: .zeroErrorOnTrain, epochs: 9), measurements: measurements)
  }

  /// What one run found, as far as a test cares.
  struct Found {
    var status = TrainingResult.Status.converged
    var testAccuracy = 0.75
    var attackAccuracy: Double?
    var loss: Double? = 0.125
    var sharpness: Double?
    /// ln P(f); nil where the run has none.
    var heaviside: Double?
    var probit: Double?
    var priorConverged = true
    var trace: [Double]?
  }

  static func record(_ training: TrainingSpec, _ found: Found) throws -> RunRecord {
    var measurements: [String: MeasurementResult] = [:]
    if let value = found.sharpness {
      measurements[sharpness.identity] = .sharpness(
        SharpnessResult(sharpness: value, loss: 0.1, maximumLoss: 0.2, epochs: 100))
    }
    if let trace = found.trace {
      measurements[self.trace.identity] = .sharpness(
        SharpnessResult(
          sharpness: found.sharpness, loss: trace.first, maximumLoss: trace.last, epochs: 100, trace: trace))
    }
    for (likelihood, value) in [
      (PriorSettings.Likelihood.heaviside, found.heaviside), (.probit, found.probit),
    ] {
      guard let value else { continue }
      measurements[prior(likelihood).identity] = .prior(
        PriorResult(
          logProbabilityInNats: value, n: 4, sweeps: 7, lastChange: 1e-9, converged: found.priorConverged,
          damping: 0.5))
    }
    return try RunRecord(
      spec: training, dataDigest: "d1", dataSummary: "MNIST, 4 images",
      results: RunResult(
        training: TrainingResult(
          status: found.status, epochs: 3, lossOnTrain: found.loss, trainAccuracy: 1,
          attackAccuracy: found.attackAccuracy, testAccuracy: found.testAccuracy, function: "0110",
          parameterNorm: 1.5),
        measurements: measurements),
      provenance: RunProvenance(
        plateauVersion: "0", blasKernel: "", blasLibrary: "", architecture: "", swiftVersion: "",
        replayClass: .bitwise, secondsOfTraining: 0, secondsByMeasurement: [:]))
  }

  /// One record for each training of the group.
  static func records(_ group: RunGroup, _ found: [Found]) throws -> [RunRecord] {
    try zip(group.trainings(seed: 1), found).map { try record($0, $1) }
  }

  /// Six converged runs whose prior follows generalization closely and whose flatness does not.
  static let six: [Found] = {
    let accuracies = [0.86, 0.8, 0.77, 0.66, 0.6, 0.53]
    let priors = [-380.0, -460, -500, -640, -700, -800]
    let sharpness = [2.0, 1.5, 4, 2.5, 9, 3.5]
    return accuracies.indices.map { i in
      Found(
        testAccuracy: accuracies[i], attackAccuracy: i == 0 ? nil : 0.5, sharpness: sharpness[i],
        heaviside: priors[i], probit: priors[i] - 300 - Double(i * i))
    }
  }()

  static let tight = ClaimSpec(
    name: "tight", statement: "Tight.", paper: "So it is (Section 1).", statistic: .pearson, threshold: 0.9,
    strict: false, rule: "r ≥ 0.9")
  static let flat = ClaimSpec(
    name: "flat", statement: "Flat.", statistic: .spearman, threshold: 0.5, strict: true, rule: "ρ > 0.5")

  /// A figure like Figure 3: a panel of priors, one that is not available, one of flatness.
  static func figure(_ group: RunGroup) -> FigureSpec {
    FigureSpec(
      id: "3", title: "Title", caption: "Caption.", runs: ["g": group],
      panels: [
        PanelSpec(
          id: "a", title: "FCN & MNIST", .scatter(runs: "g", .init(x: .log10Prior, y: .generalization)),
          claim: "tight", paper: "very tight"),
        PanelSpec(id: "b", title: "Later", .unavailable(runs: nil, reason: "not <yet>")),
        PanelSpec(
          id: "d", title: "FCN & MNIST", .scatter(runs: "g", .init(x: .flatness, y: .generalization)),
          claim: "flat"),
      ], schematic: nil, settings: [], file: "fig3.yml")
  }

  static func result(_ found: [Found], attackSizes: [Int] = [0, 10, 20, 30, 40, 50]) throws -> FigureResult {
    let group = group(attackSizes: attackSizes)
    return FigureMaker(claims: [tight, flat], records: try records(group, found), seed: 1).make(figure(group))
  }
}
