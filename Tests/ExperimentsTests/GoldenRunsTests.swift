import Foundation
import RunStorage
import Specifications
import TestSupport
import Testing

@testable import Experiments

/// Small runs against stored numbers: every optimiser, every measurement, a later epoch and a timeline, a
/// residual network with its ascent and its kernel on the plain engine, and a sample of functions. A change
/// of numerics under an unchanged revision would let results of two methods share one key in every store;
/// these tests notice it.
///
/// After `MethodRevision` was raised on purpose, and only then, `PLATEAU_RENEW_GOLDEN=1 make test
/// ONLY=GoldenRuns` writes the numbers anew.
@Suite("Golden runs")
struct GoldenRunsTests {
  private static let isRenewal = ProcessInfo.processInfo.environment["PLATEAU_RENEW_GOLDEN"] != nil

  private static let followed = SmallRuns.plan(
    attackSizes: [0], epochs: 100,
    optimiser: OptimiserSpec(
      rule: .adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8), learningRate: 0.01, batch: 16),
    measurements: [
      .atZeroError(.hessian(HessianSettings(top: 5))), .state(epochsPast: 2),
      .timeline(
        TimelineSettings(
          epochsPast: 3, every: 2, rescaling: RescalingSettings(layer: 1, alpha: 4, epochsPast: 1),
          measurements: SmallRuns.followed)),
    ])

  /// Two epochs by each of the other rules, with the sharpness by L-BFGS-B.
  private static func otherOptimisers() async throws -> [RunRecord] {
    let rules: [(OptimiserSpec.Rule, Double, Int?)] = [
      (.momentum(momentum: 0.9), 0.01, 16), (.adagrad(initialAccumulator: 0.1), 0.01, 16),
      (.rmsprop(decay: 0.9, epsilon: 1e-10), 0.001, 16), (.sgd, 0.1, nil),
      (
        .entropySGD(
          langevinSteps: 3, scope: 0.03, innerLearningRate: 0.1, thermalNoise: 1e-4, averaging: 0.75),
        1, 16
      ),
    ]
    var records: [RunRecord] = []
    for (rule, rate, batch) in rules {
      let plan = SmallRuns.plan(
        attackSizes: [30], epochs: 2,
        optimiser: OptimiserSpec(rule: rule, learningRate: rate, batch: batch),
        measurements: [quasiNewton])
      records += try await SmallRuns.executeAfresh(plan)
    }
    return records
  }

  private static let quasiNewton = MeasurementSpec.atZeroError(
    .sharpness(
      SharpnessSettings(
        row: "mnist-fcn", method: .quasiNewton, box: 1e-4, batch: 32, learningRate: 1e-3, epochs: 4),
      trace: false))

  private func records() async throws -> [RunRecord] {
    try await SmallRuns.executeAfresh(SmallRuns.plan())
      + SmallRuns.executeAfresh(Self.followed)
      + Self.otherOptimisers()
  }

  @Test("small runs give the stored numbers as long as the revisions stay")
  func numbers() async throws {
    let records = try await records()
    let found = GoldenRuns(
      records, residual: try GoldenResidualRun(), functionSample: try Self.functionSample())
    if Self.isRenewal { try found.store() }
    let golden = try Self.isRenewal ? found : GoldenRuns.stored()
    #expect(
      golden.revisions == GoldenRuns.Revisions(),
      "a revision was raised: renew the golden runs, and say in CHANGELOG.md which numbers changed")
    #expect(records.map(\.key) == golden.runs.map(\.key))
    #expect(records.allSatisfy { $0.dataDigest == golden.dataDigest })
    for (record, stored) in zip(records, golden.runs) {
      compare(record.results.training, stored.results.training)
      #expect(Set(record.results.measurements.keys) == Set(stored.results.measurements.keys))
      for (identity, expected) in stored.results.measurements {
        compare(record.results.measurements[identity], expected, identity)
      }
    }
    #expect(found.functionSample == golden.functionSample)
    compare(found.residual, golden.residual)
  }

  private static func functionSample() throws -> GoldenRuns.FunctionSample {
    let folder = try TemporaryFolder()
    let record = try FunctionSampleExecution(
      spec: FunctionSampleTests.spec, store: FunctionSampleStore(folder: folder.path),
      claims: WorkClaims(store: folder.path), workers: 1, isCancelled: { false }
    ).execute(waiting: {}, onDamage: { Issue.record("\($0)") }, progress: { _ in })
    return GoldenRuns.FunctionSample(try #require(record).result)
  }

  /// The plain engine sums in one order everywhere; what may differ by a rounding are the C library's
  /// logarithm and exponential, which three steps of Adam carry on as they do with other kernels above.
  private func compare(_ found: GoldenResidualRun, _ stored: GoldenResidualRun) {
    compare(found.results.training, stored.results.training)
    #expect(Set(found.results.measurements.keys) == Set(stored.results.measurements.keys))
    for (identity, expected) in stored.results.measurements {
      compare(found.results.measurements[identity], expected, identity)
      if case .sharpness(let found) = found.results.measurements[identity],
        case .sharpness(let stored) = expected
      {
        #expect(found.trace?.count == stored.trace?.count && (stored.trace?.count ?? 0) > 1)
        for (found, stored) in zip(found.trace ?? [], stored.trace ?? []) {
          expect(found, near: stored, relative: 1e-6)
        }
      }
    }
    expect(found.kernelError, near: stored.kernelError, relative: 1e-6)
    #expect(found.kernelSum.count == stored.kernelSum.count)
    for (found, stored) in zip(found.kernelSum, stored.kernelSum) {
      expect(found, near: stored, relative: 1e-6)
    }
  }

  /// Eight epochs are at most 24 steps in Float32 (2⁻²⁴ = 6e-8), and other BLAS kernels add in another order.
  /// Between those that OPENBLAS_CORETYPE names Prescott, Nehalem, Sandybridge, Haswell, Zen and SkylakeX,
  /// the loss moved by at most 5e-8 of itself, the norm by 6e-10, and no bit of f changed. The tolerances are
  /// some twenty times and a hundred times that.
  private func compare(_ found: TrainingResult, _ stored: TrainingResult) {
    #expect(found.status == stored.status)
    #expect(found.epochs == stored.epochs)
    #expect(found.function == stored.function)
    #expect(found.trainAccuracy == stored.trainAccuracy)
    #expect(found.attackAccuracy == stored.attackAccuracy)
    #expect(found.testAccuracy == stored.testAccuracy)
    expect(found.lossOnTrain, near: stored.lossOnTrain, relative: 1e-6)
    expect(found.parameterNorm, near: stored.parameterNorm, relative: 6e-8)
  }

  /// The sharpness is a difference of two losses that agree to 5e-3 of themselves, so that a rounding counts
  /// some hundredfold in it: between the same kernels it moved by 2e-5. The prior is Float64 and moved by
  /// 2e-14; a sweep more or less, where the stopping rule is just met, changes it by 1e-7 nats of some 70.
  private func compare(_ found: MeasurementResult?, _ stored: MeasurementResult, _ identity: String) {
    switch (found, stored) {
    case (.sharpness(let found), .sharpness(let stored)):
      // L-BFGS-B ends where a part in 10⁹ of the gain decides: with other kernels some iterations later.
      if !identity.hasPrefix("sharpness-lbfgsb") { #expect(found.epochs == stored.epochs) }
      expect(found.loss, near: stored.loss, relative: 1e-6)
      expect(found.maximumLoss, near: stored.maximumLoss, relative: 1e-6)
      expect(found.sharpness, near: stored.sharpness, relative: 2e-4)
    case (.prior(let found), .prior(let stored)):
      #expect(found.n == stored.n)
      #expect(found.converged && stored.converged)
      #expect(found.damping == stored.damping)
      expect(found.logProbabilityInNats, near: stored.logProbabilityInNats, relative: 1e-8)
    case (.state(let found), .state(let stored)):
      #expect(found.epochs == stored.epochs && found.function == stored.function)
      // Some forty steps of Adam, whose first ones divide by roots of small squares.
      expect(found.lossOnTrain, near: stored.lossOnTrain, relative: 1e-3)
    case (.hessian(let found), .hessian(let stored)):
      expect(found.spectralNorm, near: stored.spectralNorm, relative: 1e-4)
      expect(found.logProduct, near: stored.logProduct, relative: 1e-4)
    case (.timeline(let found), .timeline(let stored)):
      #expect(found.epochs == stored.epochs && found.function == stored.function)
      #expect(found.zeroErrorEpoch == stored.zeroErrorEpoch && found.zeroErrorEpoch != nil)
      #expect(found.rescalingIndex == stored.rescalingIndex && found.rescalingIndex != nil)
      #expect(found.changedOnTest == stored.changedOnTest)
      #expect(Set(found.values.keys) == Set(stored.values.keys))
      for (identity, values) in stored.values {
        #expect(found.values[identity]?.count == values.count)
        for (found, stored) in zip(found.values[identity] ?? [], values) {
          expect(found, near: stored, relative: 2e-3)
        }
      }
    default: Issue.record("\(identity) is not what was stored")
    }
  }

  private func expect(
    _ found: Double?, near stored: Double?, relative: Double, location: SourceLocation = #_sourceLocation
  ) {
    guard let found, let stored else {
      Issue.record(
        "expected \(String(describing: stored)), got \(String(describing: found))", sourceLocation: location)
      return
    }
    #expect(abs(found - stored) <= relative * abs(stored), "\(found) for \(stored)", sourceLocation: location)
  }
}
